package io.tocsin.template;

import io.tocsin.template.Node.Command;
import io.tocsin.template.Node.Operand;
import io.tocsin.template.Node.Pipeline;
import io.tocsin.template.Node.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The inside of an action: pipelines, commands, operands. */
final class ActionParser {
  private static final int MAX_DEPTH = 100;

  private final Cursor cursor;
  private DeclaredVariables declared = new DeclaredVariables(DeclaredVariables.OF_A_RULE);
  private int depth;

  ActionParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The variables that may be used here. */
  DeclaredVariables declared() {
    return declared;
  }

  /** From here on other variables may be used. */
  void declare(DeclaredVariables other) {
    declared = other;
  }

  /**
   * Reads a pipeline and stops before what closes it.
   *
   * @param pairs whether two variables may be set, as in {@code range $i, $x := ...}
   */
  Pipeline pipeline(boolean pairs) {
    if (++depth > MAX_DEPTH) {
      throw cursor.problem("parentheses nest deeper than " + MAX_DEPTH);
    }
    cursor.skipSpace();
    int start = cursor.at;
    var variables = new ArrayList<String>();
    boolean declares = assignment(variables, pairs);
    for (String name : variables) {
      if (declares) {
        declared.add(name);
      } else if (!declared.has(name)) {
        throw cursor.problem(start, "undefined variable \"" + name + "\"");
      }
    }
    var commands = new ArrayList<Command>();
    do {
      commands.add(command());
      cursor.skipSpace();
    } while (cursor.accept("|"));
    depth--;
    return new Pipeline(start, variables, declares, commands);
  }

  /** Reads {@code $x :=} if it is there; answers whether it declares. */
  private boolean assignment(List<String> variables, boolean pairs) {
    int start = cursor.at;
    while (cursor.accept("$")) {
      variables.add("$" + cursor.word());
      cursor.skipSpace();
      boolean declares = cursor.accept(":=");
      if (declares || (cursor.peek() == '=' && cursor.accept("="))) {
        return declares;
      }
      if (!pairs || variables.size() > 1 || !cursor.accept(",")) {
        break;
      }
      cursor.skipSpace();
    }
    variables.clear();
    cursor.at = start;
    return false;
  }

  private Command command() {
    cursor.skipSpace();
    int start = cursor.at;
    var operands = new ArrayList<Operand>();
    while (!atCommandEnd()) {
      operands.add(operand());
      cursor.skipSpace();
    }
    if (operands.isEmpty()) {
      throw cursor.problem("missing value for command");
    }
    return new Command(start, operands);
  }

  private boolean atCommandEnd() {
    return cursor.atEnd()
        || cursor.peek() == '|'
        || cursor.peek() == ')'
        || cursor.looksAt("}}")
        || cursor.looksAt("-}}");
  }

  private Operand operand() {
    int start = cursor.at;
    Source source = source();
    var fields = new ArrayList<String>();
    boolean bareDot = source instanceof Source.Dot;
    if (bareDot && isWordStart(cursor.peek())) {
      fields.add(cursor.word());
    }
    while (cursor.peek() == '.') {
      cursor.at++;
      String field = cursor.word();
      if (field.isEmpty()) {
        throw cursor.problem("expected a field name after \".\"");
      }
      fields.add(field);
    }
    return new Operand(start, source, fields);
  }

  private Source source() {
    char c = cursor.peek();
    if (c == '"' || c == '`' || c == '\'') {
      return literal(c);
    }
    if (cursor.accept("(")) {
      Pipeline pipeline = pipeline(false);
      if (!cursor.accept(")")) {
        throw cursor.problem("unclosed left paren");
      }
      return new Source.Group(pipeline);
    }
    if (cursor.accept("$")) {
      return variable();
    }
    boolean number = Character.isDigit(c) || ((c == '-' || c == '+' || c == '.') && digitFollows());
    if (number) {
      return number();
    }
    if (cursor.accept(".")) {
      return new Source.Dot();
    }
    return name();
  }

  private Source variable() {
    int start = cursor.at - 1;
    String name = "$" + cursor.word();
    if (!declared.has(name)) {
      throw cursor.problem(start, "undefined variable \"" + name + "\"");
    }
    return new Source.Variable(name);
  }

  private boolean digitFollows() {
    String text = cursor.text();
    int next = cursor.at + 1;
    return next < text.length()
        && (Character.isDigit(text.charAt(next)) || text.charAt(next) == '.');
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private Source name() {
    int start = cursor.at;
    String word = cursor.word();
    return switch (word) {
      case "" -> throw cursor.problem("unexpected \"" + cursor.peek() + "\" in action");
      case "true", "false" -> new Source.Literal(Optional.of(Boolean.valueOf(word)));
      case "nil" -> new Source.Literal(Optional.empty());
      default -> {
        if (!TemplateFunctions.isKnown(word)) {
          throw cursor.problem(start, "function \"" + word + "\" not defined");
        }
        yield new Source.Name(word);
      }
    };
  }

  /** Reads a quoted text, the name of a template. */
  String quoted() {
    cursor.skipSpace();
    char c = cursor.peek();
    if (c == '"' || c == '`') {
      return literal(c).value().map(String::valueOf).orElse("");
    }
    throw cursor.problem("expected the quoted name of a template");
  }

  private Source.Literal literal(char quote) {
    int start = cursor.at++;
    var value = new StringBuilder();
    while (cursor.peek() != quote) {
      if (cursor.atEnd() || (quote != '`' && cursor.peek() == '\n')) {
        throw cursor.problem(start, "unterminated quoted string");
      }
      char c = cursor.peek();
      cursor.at++;
      value.append(c == '\\' && quote != '`' ? escape() : String.valueOf(c));
    }
    cursor.at++;
    Object literal =
        quote == '\'' && value.length() > 0
            ? (Object) (long) value.codePointAt(0)
            : value.toString();
    return new Source.Literal(Optional.of(literal));
  }

  private String escape() {
    char c = cursor.peek();
    cursor.at++;
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'a' -> "\u0007";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'v' -> "\u000b";
      case '\\', '"', '\'' -> String.valueOf(c);
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> throw cursor.problem("unknown escape \\" + c);
    };
  }

  private String hex(int digits) {
    String text = cursor.text();
    int end = Math.min(text.length(), cursor.at + digits);
    try {
      String point = Character.toString(Integer.parseInt(text.substring(cursor.at, end), 16));
      cursor.at = end;
      return point;
    } catch (IllegalArgumentException e) {
      throw cursor.problem("expected " + digits + " hexadecimal digits");
    }
  }

  private Source number() {
    int start = cursor.at++;
    while (Character.isLetterOrDigit(cursor.peek())
        || cursor.peek() == '.'
        || cursor.peek() == '_'
        || (isSign(cursor.peek()) && isExponent(cursor.text().charAt(cursor.at - 1)))) {
      cursor.at++;
    }
    String text = cursor.text().substring(start, cursor.at).replace("_", "");
    try {
      boolean whole = !text.contains(".") && !text.matches("[+-]?[0-9]+[eE].*");
      Object value = whole ? (Object) Long.decode(text) : (Object) Double.valueOf(text);
      return new Source.Literal(Optional.of(value));
    } catch (NumberFormatException e) {
      throw cursor.problem(start, "bad number syntax: \"" + text + "\"");
    }
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  private static boolean isExponent(char c) {
    return c == 'e' || c == 'E';
  }
}

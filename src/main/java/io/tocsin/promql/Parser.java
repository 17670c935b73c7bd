package io.tocsin.promql;

import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Expr.NumberLiteral;
import io.tocsin.promql.Expr.Paren;
import io.tocsin.promql.Expr.StringLiteral;
import io.tocsin.promql.Expr.Unary;
import io.tocsin.promql.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Text to a checked expression: precedence climbing over Prometheus 3's grammar.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/basics/">Querying basics</a>
 */
public final class Parser {

  /** How deep an expression may nest, chains of operators included; recursion needs the stack. */
  private static final int MAX_DEPTH = 300;

  /** Words that are no metric name even where one may stand. */
  private static final Set<String> OPERATOR_WORDS =
      Set.of("atan2", "bool", "on", "ignoring", "group_left", "group_right");

  private static final String GROUPING = "grouping opts";

  private final Tokens tokens;
  private final SelectorParser selectors;
  private int depth;

  private Parser(String text) {
    this.tokens = new Tokens(Lexer.tokens(text));
    this.selectors = new SelectorParser(tokens);
  }

  /**
   * Parses and checks an expression.
   *
   * @throws ParseProblem when it is not PromQL or its types do not fit; says where
   */
  public static Expr parse(String text) {
    var parser = new Parser(text);
    if (parser.tokens.peek().kind() == Kind.END) {
      throw parser.tokens.problem("no expression found in input");
    }
    Expr expr = parser.binary(0);
    parser.tokens.expectEnd();
    return expr;
  }

  /**
   * Parses a series selector as in the {@code match[]} parameter of Prometheus' API.
   *
   * @throws ParseProblem when it is anything else
   */
  public static List<Matcher> parseSelector(String text) {
    Expr expr = parse(text);
    if (expr instanceof Expr.VectorSelector selector && selector.shift().equals(Shift.NONE)) {
      return selector.matchers();
    }
    throw new ParseProblem(expr.span(), "expected a series selector, got " + expr);
  }

  static Optional<AggregateOp> aggregateOp(String word) {
    return Arrays.stream(AggregateOp.values())
        .filter(op -> op.symbol().equalsIgnoreCase(word))
        .findFirst();
  }

  private Expr binary(int least) {
    int entered = depth;
    Expr left = unary();
    while (true) {
      Optional<BinaryOp> op = operator();
      if (op.isEmpty() || op.get().precedence() < least) {
        depth = entered;
        return left;
      }
      Span place = tokens.next().span();
      descend(place);
      boolean bool = tokens.acceptWord("bool");
      Matching matching = matching();
      boolean rightward = op.get() == BinaryOp.POWER;
      Expr right = binary(op.get().precedence() + (rightward ? 0 : 1));
      Span span = left.span().to(right.span());
      left = Checks.binary(new Binary(op.get(), left, right, bool, matching, span), place);
    }
  }

  private Optional<BinaryOp> operator() {
    Token token = tokens.peek();
    if (token.kind() != Kind.SYMBOL && token.kind() != Kind.WORD) {
      return Optional.empty();
    }
    for (BinaryOp op : BinaryOp.values()) {
      if (op.symbol().equalsIgnoreCase(token.text())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private Matching matching() {
    boolean on = tokens.acceptWord("on");
    if (!on && !tokens.acceptWord("ignoring")) {
      return new Matching(false, List.of(), Matching.Group.NONE, List.of(), fill());
    }
    List<String> labels = names();
    boolean left = tokens.acceptWord("group_left");
    if (!left && !tokens.acceptWord("group_right")) {
      return new Matching(on, labels, Matching.Group.NONE, List.of(), fill());
    }
    List<String> include = tokens.peek().isSymbol("(") ? names() : List.of();
    Matching.Group group = left ? Matching.Group.LEFT : Matching.Group.RIGHT;
    return new Matching(on, labels, group, include, fill());
  }

  /** {@code fill(0)}, or {@code fill_left(0)} and {@code fill_right(1)} in any order. */
  private Matching.Fill fill() {
    if (!tokens.peekSecond().isSymbol("(")) {
      return Matching.Fill.NONE;
    }
    if (tokens.acceptWord("fill")) {
      OptionalDouble both = OptionalDouble.of(fillValue());
      return new Matching.Fill(both, both);
    }
    OptionalDouble left = OptionalDouble.empty();
    OptionalDouble right = OptionalDouble.empty();
    while (tokens.peek().isWord("fill_left") && left.isEmpty()
        || tokens.peek().isWord("fill_right") && right.isEmpty()) {
      if (tokens.next().isWord("fill_left")) {
        left = OptionalDouble.of(fillValue());
      } else {
        right = OptionalDouble.of(fillValue());
      }
    }
    return new Matching.Fill(left, right);
  }

  private double fillValue() {
    tokens.expect("(");
    boolean negative = tokens.acceptSymbol("-");
    if (!negative) {
      tokens.acceptSymbol("+");
    }
    if (!(primary() instanceof NumberLiteral number)) {
      throw tokens.unexpected("fill", "number");
    }
    tokens.expect(")");
    return negative ? -number.value() : number.value();
  }

  /** {@code (a, b, "c.d")}; a trailing comma is allowed. */
  private List<String> names() {
    tokens.expect("(", GROUPING, "\"(\"");
    var names = new ArrayList<String>();
    while (!tokens.acceptSymbol(")")) {
      names.add(name());
      if (!tokens.peek().isSymbol(")")) {
        tokens.expect(",", GROUPING, "\",\" or \")\"");
      }
    }
    return names;
  }

  private String name() {
    Token token = tokens.peek();
    boolean word = token.kind() == Kind.WORD && token.text().indexOf(':') < 0;
    if (!word && token.kind() != Kind.STRING) {
      throw tokens.unexpected(GROUPING, "label");
    }
    tokens.next();
    if (!Checks.isLabelName(token.text())) {
      throw new ParseProblem(
          token.span(), "invalid label name for grouping: " + Strings.quote(token.text()));
    }
    return token.text();
  }

  /** A sign binds like multiplication: {@code -a ^ 2} is {@code -(a ^ 2)}. */
  private Expr unary() {
    Token token = tokens.peek();
    boolean negative = token.isSymbol("-");
    if (!negative && !token.isSymbol("+")) {
      return selectors.postfix(primary());
    }
    tokens.next();
    descend(token.span());
    Expr operand = binary(BinaryOp.POWER.precedence());
    Span span = token.span().to(operand.span());
    if (operand instanceof NumberLiteral number) {
      double value = negative ? -number.value() : number.value();
      return new NumberLiteral(value, number.duration(), span);
    }
    return Checks.unary(new Unary(negative, operand, span));
  }

  private Expr primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER ->
          new NumberLiteral(Numbers.parse(tokens.next().text()).orElseThrow(), false, token.span());
      case DURATION -> {
        long millis = Durations.parse(tokens.next().text()).orElseThrow();
        yield new NumberLiteral(millis / 1000.0, true, token.span());
      }
      case STRING -> new StringLiteral(tokens.next().text(), token.span());
      case WORD -> word(token);
      case SYMBOL -> {
        if (token.isSymbol("(")) {
          yield paren();
        }
        if (token.isSymbol("{")) {
          yield selectors.selector();
        }
        throw tokens.unexpected("", "");
      }
      case END, ERROR -> throw tokens.unexpected("", "");
    };
  }

  private Expr paren() {
    Span start = tokens.next().span();
    descend(start);
    Expr inner = binary(0);
    Token end = tokens.expect(")");
    return new Paren(inner, start.to(end.span()));
  }

  private Expr word(Token token) {
    Token after = tokens.peekSecond();
    boolean called = after.isSymbol("(");
    Optional<AggregateOp> op = aggregateOp(token.text());
    if (op.isPresent() && (called || after.isWord("by") || after.isWord("without"))) {
      return aggregation(op.get());
    }
    if (token.isWord("inf") || token.isWord("nan")) {
      tokens.next();
      return new NumberLiteral(Numbers.parse(token.text()).orElseThrow(), false, token.span());
    }
    if (OPERATOR_WORDS.contains(token.text().toLowerCase(Locale.ROOT))) {
      throw tokens.unexpected("", "");
    }
    if (called) {
      return call();
    }
    return selectors.selector();
  }

  private Expr call() {
    Token name = tokens.next();
    Function function =
        Functions.find(name.text())
            .orElseThrow(
                () ->
                    new ParseProblem(
                        name.span(), "unknown function with name \"" + name.text() + "\""));
    List<Expr> arguments = arguments(function.name().equals(InfoFunction.NAME));
    Span span = name.span().to(tokens.previous().span());
    return Checks.call(new Call(function, arguments, span));
  }

  private Expr aggregation(AggregateOp op) {
    Token start = tokens.next();
    Optional<Grouping> before = grouping();
    List<Expr> arguments = arguments(false);
    Grouping grouping = before.or(this::grouping).orElse(Grouping.NONE);
    Span span = start.span().to(tokens.previous().span());
    int wanted = op.parameter().isPresent() ? 2 : 1;
    if (arguments.isEmpty()) {
      throw new ParseProblem(span, "no arguments for aggregate expression provided");
    }
    if (arguments.size() != wanted) {
      throw new ParseProblem(
          span,
          "wrong number of arguments for aggregate expression provided, expected %d, got %d"
              .formatted(wanted, arguments.size()));
    }
    Optional<Expr> parameter = wanted == 2 ? Optional.of(arguments.getFirst()) : Optional.empty();
    return Checks.aggregation(new Aggregation(op, parameter, arguments.getLast(), grouping, span));
  }

  private Optional<Grouping> grouping() {
    boolean without = tokens.acceptWord("without");
    if (!without && !tokens.acceptWord("by")) {
      return Optional.empty();
    }
    return Optional.of(new Grouping(without, names()));
  }

  /**
   * Arguments in parentheses.
   *
   * @param info whether the second one is a bare set of label matchers
   */
  private List<Expr> arguments(boolean info) {
    descend(tokens.expect("(").span());
    var arguments = new ArrayList<Expr>();
    if (tokens.acceptSymbol(")")) {
      return arguments;
    }
    while (true) {
      arguments.add(info && arguments.size() == 1 ? labelSelector() : binary(0));
      if (tokens.acceptSymbol(")")) {
        return arguments;
      }
      Span comma = tokens.expect(",", "", "\",\" or \")\"").span();
      if (tokens.peek().isSymbol(")")) {
        throw new ParseProblem(comma, "trailing commas not allowed in function call args");
      }
    }
  }

  private Expr labelSelector() {
    Token start = tokens.peek();
    Expr.VectorSelector selector = start.isSymbol("{") ? selectors.labelsOnly() : null;
    boolean done = tokens.peek().isSymbol(")") || tokens.peek().isSymbol(",");
    if (selector != null && done) {
      return selector;
    }
    boolean named = selector == null && binary(0) instanceof Expr.VectorSelector;
    throw new ParseProblem(
        start.span(),
        "expected label selectors only" + (named ? ", got vector selector instead" : ""));
  }

  /** One level down; {@link #binary} comes back up. */
  private void descend(Span place) {
    if (++depth > MAX_DEPTH) {
      throw new ParseProblem(place, "the expression nests deeper than " + MAX_DEPTH);
    }
  }
}

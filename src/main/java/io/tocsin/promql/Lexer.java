package io.tocsin.promql;

import io.tocsin.promql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Text to tokens; comments run from {@code #} to the end of the line. */
final class Lexer {
  private static final String[] SYMBOLS = {
    "==", "!=", "<=", ">=", "=~", "!~", "(", ")", "{", "}", "[", "]", ",", ":", "@", "=", "<", ">",
    "+", "-", "*", "/", "%", "^"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int brackets;

  private Lexer(String text) {
    this.text = text;
  }

  /** All tokens, an END last. */
  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    while (lexer.skipBlank()) {
      lexer.next();
    }
    lexer.add(Kind.END, "", lexer.at);
    return lexer.tokens;
  }

  private boolean skipBlank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        lineStart = at + 1;
      } else if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        continue;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return true;
      }
      at++;
    }
    return false;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '"' || c == '\'' || c == '`') {
      string(c);
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (isLetter(c) || (c == ':' && brackets == 0)) {
      int end = at + 1;
      while (end < text.length() && isWordPart(text.charAt(end))) {
        end++;
      }
      add(Kind.WORD, text.substring(at, end), end);
    } else {
      symbol();
    }
  }

  private void symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        brackets += symbol.equals("[") ? 1 : symbol.equals("]") ? -1 : 0;
        add(Kind.SYMBOL, symbol, at + symbol.length());
        return;
      }
    }
    String found = new String(Character.toChars(text.codePointAt(at)));
    throw new ParseProblem(span(at + 1), "unexpected character: '" + found + "'");
  }

  private void string(char quote) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      boolean escape = quote != '`' && text.charAt(end) == '\\';
      if (text.charAt(end) == '\n' && quote != '`') {
        break;
      }
      end += escape ? 2 : 1;
    }
    if (end >= text.length() || text.charAt(end) != quote) {
      throw new ParseProblem(span(Math.min(end, text.length())), "unterminated quoted string");
    }
    try {
      add(Kind.STRING, Strings.unescape(text.substring(at + 1, end), quote), end + 1);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new ParseProblem(span(end + 1), "error unquoting string: " + e.getMessage());
    }
  }

  private void number() {
    int end = at;
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    while (end < text.length()) {
      char c = text.charAt(end);
      char before = end == at ? ' ' : text.charAt(end - 1);
      boolean exponentSign = (c == '+' || c == '-') && !hex && (before == 'e' || before == 'E');
      if (!isLetter(c) && !isDigit(c) && c != '.' && !exponentSign) {
        break;
      }
      end++;
    }
    String found = text.substring(at, end);
    boolean duration = Durations.parse(found).isPresent() && !found.equals("0");
    if (!duration && Numbers.parse(found).isEmpty()) {
      throw new ParseProblem(span(end), "bad number or duration syntax: \"" + found + "\"");
    }
    add(duration ? Kind.DURATION : Kind.NUMBER, found, end);
  }

  private void add(Kind kind, String value, int end) {
    tokens.add(new Token(kind, value, span(end)));
    for (int i = at; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    at = end;
  }

  private Span span(int end) {
    return new Span(at, end, line, at - lineStart + 1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private boolean isWordPart(char c) {
    return isLetter(c) || isDigit(c) || (c == ':' && brackets == 0);
  }
}

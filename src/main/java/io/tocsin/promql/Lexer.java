package io.tocsin.promql;

import io.tocsin.promql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Text to tokens; comments run from {@code #} to the end of the line. What cannot be read becomes a
 * last token of kind ERROR, so that an earlier mistake in grammar is told first.
 */
final class Lexer {
  private static final String[] SYMBOLS = {
    "==", "!=", "<=", ">=", "</", ">/", "(", ")", "{", "[", "]", ",", "@", "=", "<", ">", "+", "-",
    "*", "/", "%", "^"
  };
  private static final String[] INSIDE_BRACES = {"=~", "!~", "!=", "=", ",", "}"};

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int parens;
  private boolean braces;
  private boolean brackets;
  private boolean colon;

  private Lexer(String text) {
    this.text = text;
  }

  /** All tokens, an END or an ERROR last. */
  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    while (lexer.skipBlank()) {
      if (!lexer.next()) {
        return lexer.tokens;
      }
    }
    lexer.end();
    return lexer.tokens;
  }

  private void end() {
    if (braces) {
      error("unexpected end of input inside braces");
    } else if (parens > 0) {
      error("unclosed left parenthesis");
    } else if (brackets) {
      boolean just = tokens.getLast().isSymbol("[");
      error(just ? "unexpected end of input in duration expression" : "unclosed left bracket");
    } else {
      add(Kind.END, "", at);
    }
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

  /** Reads one token; answers whether it could. */
  private boolean next() {
    char c = text.charAt(at);
    if (brackets && tokens.getLast().isSymbol("[") && !startsDuration(c)) {
      return error("unexpected character in duration expression: " + shown());
    }
    if (c == '"' || c == '\'' || c == '`') {
      return string(c);
    }
    if (!braces && (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(after())))) {
      return number();
    }
    if (brackets && (isLetter(c) || c == ':')) {
      return insideBrackets(c);
    }
    if (isLetter(c) || (c == ':' && !braces)) {
      int end = at + 1;
      while (end < text.length() && isWordPart(text.charAt(end))) {
        end++;
      }
      return add(Kind.WORD, text.substring(at, end), end);
    }
    return symbol();
  }

  private char after() {
    return text.charAt(at + 1);
  }

  private static boolean startsDuration(char c) {
    return isDigit(c) || isLetter(c) || ".+-(]".indexOf(c) >= 0;
  }

  /** Between brackets stand durations, a colon at most once, and functions of time. */
  private boolean insideBrackets(char c) {
    if (c == ':') {
      if (colon) {
        return error("unexpected colon ':'");
      }
      colon = true;
      return add(Kind.SYMBOL, ":", at + 1);
    }
    int end = at + 1;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    String word = text.substring(at, end);
    return DurationParser.isFunction(word)
        ? add(Kind.WORD, word, end)
        : error("unexpected character: " + shown() + ", expected ':'");
  }

  private boolean symbol() {
    for (String symbol : braces ? INSIDE_BRACES : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        return symbol(symbol);
      }
    }
    if (braces) {
      return text.charAt(at) == '{'
          ? error("unexpected left brace '{'")
          : error("unexpected character inside braces: " + shown());
    }
    return error("unexpected character: " + shown());
  }

  private boolean symbol(String symbol) {
    switch (symbol) {
      case "(" -> parens++;
      case ")" -> {
        if (parens-- == 0) {
          at++;
          return error("unexpected right parenthesis ')'");
        }
      }
      case "{" -> braces = true;
      case "}" -> braces = false;
      case "[" -> {
        if (brackets) {
          return error("unexpected left bracket '['");
        }
        brackets = true;
        colon = false;
      }
      case "]" -> {
        if (!brackets) {
          return error("unexpected right bracket ']'");
        }
        brackets = false;
      }
      case "=" -> {
        if (!braces && text.startsWith("=~", at)) {
          return error("unexpected character after '=': '~'");
        }
      }
      default -> {
        // no state
      }
    }
    return add(Kind.SYMBOL, symbol, at + symbol.length());
  }

  private boolean string(char quote) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      boolean escape = quote != '`' && text.charAt(end) == '\\';
      if (text.charAt(end) == '\n' && quote != '`') {
        break;
      }
      end += escape ? 2 : 1;
    }
    if (end >= text.length() || text.charAt(end) != quote) {
      return error(
          end > text.length()
              ? "escape sequence not terminated"
              : quote == '`' ? "unterminated raw string" : "unterminated quoted string");
    }
    try {
      return add(Kind.STRING, Strings.unescape(text.substring(at + 1, end), quote), end + 1);
    } catch (IllegalArgumentException e) {
      return error(String.valueOf(e.getMessage()));
    }
  }

  private boolean number() {
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
    if (!found.equals("0") && Durations.parse(found).isPresent()) {
      return add(Kind.DURATION, found, end);
    }
    if (Numbers.parse(found).isPresent()) {
      return add(Kind.NUMBER, found, end);
    }
    return Durations.isMisordered(found)
        ? error("not a valid duration string: \"" + found + "\"")
        : error("bad number or duration syntax: \"" + found + "\"");
  }

  private boolean add(Kind kind, String value, int end) {
    tokens.add(new Token(kind, value, span(end)));
    for (int i = at; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    at = end;
    return true;
  }

  private boolean error(String reason) {
    tokens.add(new Token(Kind.ERROR, reason, span(Math.min(at + 1, text.length()))));
    return false;
  }

  private String shown() {
    return "'" + new String(Character.toChars(text.codePointAt(at))) + "'";
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
    return isLetter(c) || isDigit(c) || (c == ':' && !braces);
  }
}

package io.tocsin.silence;

import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Matchers as Alertmanager 0.27 and newer write them: {@code severity="critical"}, {@code
 * team=~"a|b", env!=dev}, with or without braces, names and values in any script, quoted or not.
 * What only the older syntax takes, and what both take but differently, is read as the older one
 * reads it, so that a file means the same after a move.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#matcher">Alertmanager
 *     matcher</a>
 */
public final class MatcherSyntax {
  private static final String RESERVED = "{}!=~,\\\"'`";

  private final String text;
  private int at;

  private MatcherSyntax(String text) {
    this.text = text;
  }

  /**
   * Reads one or several matchers.
   *
   * @throws IllegalArgumentException saying at which character what was found and expected
   */
  public static List<Matcher> parse(String text) {
    Optional<List<Matcher>> classic = ClassicMatchers.parse(text);
    try {
      List<Matcher> matchers = new MatcherSyntax(text).all();
      return classic.filter(older -> !older.equals(matchers)).orElse(matchers);
    } catch (IllegalArgumentException wrong) {
      return classic.orElseThrow(() -> wrong);
    }
  }

  private List<Matcher> all() {
    boolean braces = taken("{");
    var matchers = new ArrayList<Matcher>();
    while (!atEnd() && !(braces && peek('}'))) {
      matchers.add(one());
      if (!taken(",")) {
        break;
      }
    }
    if (braces && !taken("}")) {
      throw wrong("}");
    }
    if (!atEnd()) {
      throw wrong("a comma or the end");
    }
    if (matchers.isEmpty() && !braces) {
      throw wrong("a matcher such as severity=\"critical\"");
    }
    return matchers;
  }

  private Matcher one() {
    String name = word("a label name");
    Matcher.Op op = op();
    return Matcher.of(name, op, word("a value"));
  }

  private Matcher.Op op() {
    if (taken("=~")) {
      return Matcher.Op.REGEX;
    }
    if (taken("!~")) {
      return Matcher.Op.NOT_REGEX;
    }
    if (taken("!=")) {
      return Matcher.Op.NOT_EQUAL;
    }
    if (taken("=")) {
      return Matcher.Op.EQUAL;
    }
    throw wrong("one of = != =~ !~");
  }

  private String word(String expected) {
    skipSpace();
    if (peek('"')) {
      return quoted();
    }
    int from = at;
    while (at < text.length()
        && RESERVED.indexOf(text.charAt(at)) < 0
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw wrong(expected);
    }
    return text.substring(from, at);
  }

  private String quoted() {
    var value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c != '\\') {
        value.append(c);
      } else {
        unescape(value);
      }
    }
    if (at >= text.length()) {
      throw wrong("a closing quote");
    }
    at++;
    return value.toString();
  }

  /** As in a Go string: {@code \\n}, {@code \\x41}, {@code \\u00e9}, {@code \\101}, ... */
  private void unescape(StringBuilder value) {
    char c = at < text.length() ? text.charAt(at++) : 0;
    switch (c) {
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case '"', '\\' -> value.append(c);
      case 'x' -> codePoint(value, 2, 16);
      case 'u' -> codePoint(value, 4, 16);
      case 'U' -> codePoint(value, 8, 16);
      case '0', '1', '2', '3' -> {
        at--;
        codePoint(value, 3, 8);
      }
      default -> throw wrong("a known escape after the backslash");
    }
  }

  private void codePoint(StringBuilder value, int digits, int radix) {
    int end = Math.min(text.length(), at + digits);
    try {
      int code = Integer.parseUnsignedInt(text.substring(at, end), radix);
      if (end - at == digits && Character.isValidCodePoint(code)) {
        value.appendCodePoint(code);
        at = end;
        return;
      }
    } catch (NumberFormatException notDigits) {
      // said below, as digits too few are
    }
    throw wrong(digits + " digits of a character");
  }

  private boolean taken(String symbol) {
    skipSpace();
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  private boolean peek(char c) {
    skipSpace();
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean atEnd() {
    skipSpace();
    return at >= text.length();
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String expected) {
    String found = at >= text.length() ? "the end" : "'" + text.charAt(at) + "'";
    return new IllegalArgumentException(
        String.format(
            "matcher \"%s\": found %s at character %d, expected %s",
            text, found, at + 1, expected));
  }
}

package io.tocsin.silence;

import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.List;

/**
 * Matchers as Alertmanager writes them: {@code severity="critical"}, {@code team=~"a|b", env!=dev},
 * with or without braces, names and values quoted or not.
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
    return new MatcherSyntax(text).all();
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
    String value = atEnd() || peek(',') || peek('}') ? "" : word("a value");
    return Matcher.of(name, op, value);
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
      } else if (at < text.length()) {
        value.append(escaped(text.charAt(at++)));
      }
    }
    if (at >= text.length()) {
      throw wrong("a closing quote");
    }
    at++;
    return value.toString();
  }

  /**
   * A backslash before anything else stands for itself, as regular expressions are full of them.
   */
  private static String escaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case '"' -> "\"";
      case '\\' -> "\\";
      default -> "\\" + c;
    };
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

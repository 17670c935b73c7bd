package io.tocsin.promql;

import java.util.Locale;

/**
 * String literals with Go's escapes.
 *
 * @see <a href="https://go.dev/ref/spec#String_literals">Go string literals</a>
 */
final class Strings {
  private static final String ESCAPES = "abfnrtv\\'\"";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\'\"";

  private Strings() {}

  /** In double quotes, so that it reads back the same. */
  static String quote(String value) {
    var text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            text.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }

  /**
   * The value between quotes of the given kind; a back-quoted string has no escapes.
   *
   * @throws IllegalArgumentException for an escape that Go does not know
   */
  static String unescape(String inner, char quote) {
    if (quote == '`' || inner.indexOf('\\') < 0) {
      return inner;
    }
    var value = new StringBuilder();
    int i = 0;
    while (i < inner.length()) {
      char c = inner.charAt(i++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escape = inner.charAt(i++);
      int known = ESCAPES.indexOf(escape);
      if (known >= 0) {
        value.append(ESCAPED.charAt(known));
        continue;
      }
      int length =
          switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 3;
          };
      boolean octal = escape >= '0' && escape <= '7';
      int from = octal ? i - 1 : i;
      value.appendCodePoint(codePoint(inner, from, length, octal ? 8 : 16, escape));
      i = from + length;
    }
    return value.toString();
  }

  private static int codePoint(String inner, int from, int length, int radix, char escape) {
    boolean known = radix == 8 || escape == 'x' || escape == 'u' || escape == 'U';
    if (known && from + length <= inner.length()) {
      try {
        int point = Integer.parseUnsignedInt(inner.substring(from, from + length), radix);
        if (Character.isValidCodePoint(point)) {
          return point;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("invalid escape sequence \\" + escape, e);
      }
    }
    throw new IllegalArgumentException("unknown escape sequence \\" + escape);
  }
}

package io.tocsin.promql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
    var bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < inner.length()) {
      char c = inner.charAt(i++);
      if (c != '\\') {
        flush(bytes, value);
        value.append(c);
        continue;
      }
      char escape = inner.charAt(i++);
      int known = ESCAPES.indexOf(escape);
      int length = length(escape);
      if (known >= 0) {
        flush(bytes, value);
        value.append(ESCAPED.charAt(known));
      } else if (length > 0) {
        boolean octal = length == 3;
        int from = octal ? i - 1 : i;
        int point = codePoint(inner, from, length, octal ? 8 : 16);
        if (length <= 3) {
          bytes.write(point);
        } else {
          flush(bytes, value);
          value.appendCodePoint(point);
        }
        i = from + length;
      } else {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "unknown escape sequence U+%04X '%s'", (int) escape, escape));
      }
    }
    flush(bytes, value);
    return value.toString();
  }

  /** How many digits follow the letter of an escape, the first octal one included; 0 for none. */
  private static int length(char escape) {
    return switch (escape) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
      default -> 0;
    };
  }

  /** Escaped bytes make up UTF-8; what does not decode becomes the replacement character. */
  private static void flush(ByteArrayOutputStream bytes, StringBuilder into) {
    if (bytes.size() > 0) {
      into.append(bytes.toString(StandardCharsets.UTF_8));
      bytes.reset();
    }
  }

  private static int codePoint(String inner, int from, int length, int radix) {
    int point = 0;
    for (int i = from; i < from + length; i++) {
      int digit = i < inner.length() ? Character.digit(inner.charAt(i), radix) : -1;
      if (digit < 0) {
        throw new IllegalArgumentException(
            i >= inner.length()
                ? "escape sequence not terminated"
                : String.format(
                    Locale.ROOT,
                    "illegal character U+%04X '%s' in escape sequence",
                    (int) inner.charAt(i),
                    inner.charAt(i)));
      }
      point = point * radix + digit;
    }
    boolean fits = length <= 3 ? point < 256 : Character.isValidCodePoint(point);
    if (!fits || (point >= 0xd800 && point < 0xe000)) {
      throw new IllegalArgumentException("escape sequence is an invalid Unicode code point");
    }
    return point;
  }
}

package io.tocsin.template;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Go's printf for the verbs that templates use; what does not fit prints as Go prints it, as in
 * {@code %!d(string=x)}.
 *
 * @see <a href="https://pkg.go.dev/fmt#hdr-Printing">fmt, Printing</a>
 */
final class Printf {
  private static final Pattern VERB =
      Pattern.compile("%([-+# 0]*)(\\*|[0-9]*)(?:\\.([0-9]*))?(.)?", Pattern.DOTALL);
  private static final int MAX_WIDTH = 1_000;

  private Printf() {}

  static String format(String format, List<?> arguments) {
    var text = new StringBuilder();
    Matcher verb = VERB.matcher(format);
    int copied = 0;
    int next = 0;
    while (verb.find(copied)) {
      text.append(format, copied, verb.start());
      copied = verb.end();
      String letter = verb.group(4);
      if (letter == null) {
        text.append("%!(NOVERB)");
      } else if (letter.equals("%")) {
        text.append('%');
      } else if (next >= arguments.size()) {
        text.append("%!").append(letter).append("(MISSING)");
      } else if (verb.group(2).equals("*")) {
        int width = arguments.get(next++) instanceof Long n ? bounded(n) : 0;
        text.append(
            next < arguments.size()
                ? padded(verb, width, arguments.get(next++))
                : "%!" + letter + "(BADINDEX)");
      } else {
        text.append(padded(verb, number(verb.group(2), 0), arguments.get(next++)));
      }
    }
    text.append(format, copied, format.length());
    if (next < arguments.size()) {
      text.append("%!(EXTRA");
      for (Object extra : arguments.subList(next, arguments.size())) {
        text.append(next++ == arguments.size() ? "" : " ").append(described(extra));
      }
      text.append(')');
    }
    return text.toString();
  }

  private static String described(Object value) {
    return GoFormat.type(value) + "=" + GoFormat.print(value);
  }

  private static int bounded(long width) {
    return (int) Math.clamp(width, -MAX_WIDTH, MAX_WIDTH);
  }

  private static String padded(Matcher verb, int width, Object argument) {
    String flags = verb.group(1);
    String body = body(verb, argument);
    boolean signed = argument instanceof Number && !body.startsWith("-") && !body.startsWith("+");
    if (signed && flags.contains("+")) {
      body = "+" + body;
    } else if (signed && flags.contains(" ")) {
      body = " " + body;
    }
    int missing = Math.abs(width) - body.codePointCount(0, body.length());
    if (missing <= 0) {
      return body;
    }
    if (flags.contains("-") || width < 0) {
      return body + " ".repeat(missing);
    }
    boolean zeros = flags.contains("0") && argument instanceof Number;
    if (!zeros) {
      return " ".repeat(missing) + body;
    }
    int sign = body.startsWith("-") || body.startsWith("+") ? 1 : 0;
    return body.substring(0, sign) + "0".repeat(missing) + body.substring(sign);
  }

  private static int number(String digits, int otherwise) {
    if (digits == null || digits.isEmpty()) {
      return digits == null ? otherwise : 0;
    }
    return digits.length() > 3 ? MAX_WIDTH : Integer.parseInt(digits);
  }

  private static String body(Matcher verb, Object argument) {
    char letter = verb.group(4).charAt(0);
    int precision = number(verb.group(3), -1);
    return switch (letter) {
      case 'v' ->
          argument instanceof Double d && precision >= 0
              ? real('g', d, precision)
              : GoFormat.print(argument);
      case 'T' -> GoFormat.type(argument);
      case 's' ->
          argument instanceof Long || argument instanceof Double || argument instanceof Boolean
              ? mismatch(letter, argument)
              : cut(GoFormat.print(argument), precision);
      case 'q' -> argument instanceof String s ? quoted(s) : mismatch(letter, argument);
      case 't' -> argument instanceof Boolean b ? b.toString() : mismatch(letter, argument);
      case 'd', 'x', 'X', 'o', 'b', 'c', 'U' -> whole(letter, argument);
      case 'f', 'F', 'e', 'E', 'g', 'G' ->
          argument instanceof Double d ? real(letter, d, precision) : mismatch(letter, argument);
      default -> mismatch(letter, argument);
    };
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
            .replace("\r", "\\r")
        + '"';
  }

  private static String whole(char letter, Object argument) {
    if (argument instanceof String text && (letter == 'x' || letter == 'X')) {
      HexFormat hex = letter == 'x' ? HexFormat.of() : HexFormat.of().withUpperCase();
      return hex.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
    return argument instanceof Long n ? whole(letter, (long) n) : mismatch(letter, argument);
  }

  private static String whole(char letter, long n) {
    return switch (letter) {
      case 'U' -> String.format(Locale.ROOT, "U+%04X", n);
      case 'x' -> Long.toString(n, 16);
      case 'X' -> Long.toString(n, 16).toUpperCase(Locale.ROOT);
      case 'o' -> Long.toString(n, 8);
      case 'b' -> Long.toString(n, 2);
      case 'c' -> Character.isValidCodePoint((int) n) ? Character.toString((int) n) : "\ufffd";
      default -> Long.toString(n);
    };
  }

  private static String real(char letter, double d, int precision) {
    return switch (letter) {
      case 'E', 'G' -> real(Character.toLowerCase(letter), d, precision).toUpperCase(Locale.ROOT);
      case 'e' -> GoFormat.exponential(d, precision < 0 ? 6 : precision);
      case 'g' ->
          GoFormat.general(
              d, precision, precision < 0 ? GoFormat.PLAIN_DIGITS : Math.max(precision, 1));
      default -> GoFormat.fixed(d, precision < 0 ? 6 : precision);
    };
  }

  private static String cut(String text, int precision) {
    return precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
  }

  private static String mismatch(char letter, Object argument) {
    return "%!" + letter + "(" + described(argument) + ")";
  }
}

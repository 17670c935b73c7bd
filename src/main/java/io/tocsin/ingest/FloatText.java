package io.tocsin.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Floating point numbers as Go writes and reads them ({@code strconv.ParseFloat}): decimal or
 * hexadecimal, {@code NaN}, {@code Inf} and {@code Infinity} in any case, with a sign.
 */
final class FloatText {
  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private static final int MOST_EXACT_DIGITS = 15;
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?"
              + "|0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)p[+-]?[0-9]+)");

  private FloatText() {}

  /**
   * The number in {@code bytes[from, to)}; one too large for a double is an error, as in Go.
   *
   * @throws NumberFormatException when there is none
   */
  static double parse(byte[] bytes, int from, int to) {
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    long digits = 0;
    int point = -1;
    int count = 0;
    for (int i = at; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        count++;
      } else if (bytes[i] == '.' && point < 0) {
        point = i;
      } else {
        return general(bytes, from, to);
      }
      if (count > MOST_EXACT_DIGITS) {
        return general(bytes, from, to);
      }
    }
    if (count == 0) {
      return general(bytes, from, to);
    }
    // Below 2^53 and divided by an exact power of ten: correctly rounded (Clinger 1990).
    double value = point < 0 ? digits : digits / EXACT[to - point - 1];
    return at > from ? -value : value;
  }

  private static double general(byte[] bytes, int from, int to) {
    String text =
        new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    switch (text) {
      case "nan", "+nan", "-nan" -> {
        return Double.NaN;
      }
      case "inf", "+inf", "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {}
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }
}

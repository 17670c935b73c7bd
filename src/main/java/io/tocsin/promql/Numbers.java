package io.tocsin.promql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as Prometheus reads and writes them. */
public final class Numbers {
  private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]*\\.?[0-9]*(?:[eE][+-]?[0-9]+)?");

  private Numbers() {}

  /**
   * An unsigned number: decimal, {@code 1e3}, {@code 0x1f}, octal {@code 017}, {@code Inf}, {@code
   * NaN}, with single underscores between digits. Empty when the text is none of these.
   */
  static OptionalDouble parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("inf")) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    if (lower.equals("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    if (lower.contains("__") || lower.startsWith("_") || lower.endsWith("_")) {
      return OptionalDouble.empty();
    }
    String digits = lower.replace("_", "");
    try {
      if (digits.startsWith("0x")) {
        return OptionalDouble.of(Long.parseLong(digits.substring(2), 16));
      }
      if (OCTAL.matcher(digits).matches()) {
        return OptionalDouble.of(Long.parseLong(digits, 8));
      }
      boolean decimal = DECIMAL.matcher(digits).matches() && !digits.equals(".");
      return decimal ? OptionalDouble.of(Double.parseDouble(digits)) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** A number with an optional sign, as in labels and expected samples. */
  public static OptionalDouble parseSigned(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    OptionalDouble magnitude = parse(signed ? text.substring(1) : text);
    return magnitude.isPresent() && text.startsWith("-")
        ? OptionalDouble.of(-magnitude.getAsDouble())
        : magnitude;
  }

  /** The shortest decimal text that reads back the same, never with an exponent. */
  public static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return decimal(value).toPlainString();
  }

  /**
   * The shortest decimal that reads back as a finite number. Java writes two digits at least, where
   * one does for the very smallest ({@code 4.9E-324} is {@code 5e-324}).
   */
  public static BigDecimal decimal(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2 && Math.abs(value) < Double.MIN_NORMAL) {
      BigDecimal shorter = decimal.round(new MathContext(1)).stripTrailingZeros();
      return shorter.doubleValue() == value ? shorter : decimal;
    }
    return decimal;
  }

  /** Go's {@code %g}: the shortest text, with an exponent below 1e-4 and from 1e6 on. */
  public static String shortest(double value) {
    if (!isPlain(value)) {
      return format(value);
    }
    return general(decimal(value), 6);
  }

  /** Go's {@code %.2g}: two significant digits. */
  static String twoDigits(double value) {
    if (!isPlain(value)) {
      return format(value);
    }
    return general(new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros(), 2);
  }

  private static boolean isPlain(double value) {
    return value != 0 && !Double.isNaN(value) && !Double.isInfinite(value);
  }

  private static String general(BigDecimal number, int precision) {
    int exponent = number.precision() - number.scale() - 1;
    return exponent < -4 || exponent >= precision ? scientific(number) : number.toPlainString();
  }

  /** With one digit before the point and an exponent of two digits at least. */
  public static String scientific(BigDecimal number) {
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String sign = number.signum() < 0 ? "-" : "";
    String power =
        (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + digits.charAt(0) + fraction + "e" + power;
  }
}

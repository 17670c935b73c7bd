package io.tocsin.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Values as Go's fmt prints them.
 *
 * @see <a href="https://pkg.go.dev/fmt">fmt</a>
 */
final class GoFormat {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral(" +0000 UTC")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** From this exponent on, {@code %v} writes one. */
  private static final int PLAIN_DIGITS = 21;

  private GoFormat() {}

  /** As {@code %v}. */
  static String print(Object value) {
    return switch (value) {
      case Double number -> general(number, -1, PLAIN_DIGITS);
      case List<?> list ->
          list.stream().map(GoFormat::print).collect(Collectors.joining(" ", "[", "]"));
      case Map<?, ?> map ->
          new TreeMap<>(map)
              .entrySet().stream()
                  .map(e -> print(e.getKey()) + ":" + print(e.getValue()))
                  .collect(Collectors.joining(" ", "map[", "]"));
      case QueryPort.Sample sample ->
          "{" + print(sample.labels()) + " " + print(sample.value()) + "}";
      case Instant time -> TIME.format(time);
      default -> value.toString();
    };
  }

  /** The name of a value's type, as Go would say it. */
  static String type(Object value) {
    return switch (value) {
      case String s -> "string";
      case Long n -> "int";
      case Double d -> "float64";
      case Boolean b -> "bool";
      case List<?> l -> "list";
      case Map<?, ?> m -> "map";
      case Nothing nothing -> "nil";
      default -> value.getClass().getSimpleName();
    };
  }

  /** As {@code %.4g}, the form of all humanize functions. */
  static String fourDigits(double value) {
    return general(value, 4, 4);
  }

  /**
   * As {@code %g}: plain, or with an exponent below -4 and from a limit on.
   *
   * @param precision significant digits, -1 for the fewest that read back the same
   */
  static String general(double value, int precision, int exponentFrom) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return special(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits =
        precision < 0
            ? new BigDecimal(Double.toString(value))
            : new BigDecimal(value)
                .round(new MathContext(Math.max(precision, 1), RoundingMode.HALF_EVEN));
    digits = digits.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < exponentFrom) {
      return digits.toPlainString();
    }
    return scientific(digits, exponent);
  }

  /** As {@code %.Ne}. */
  static String exponential(double value, int precision) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return special(value);
    }
    return String.format(Locale.ROOT, "%." + precision + "e", value);
  }

  /** As {@code %.Nf}. */
  static String fixed(double value, int precision) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return special(value);
    }
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    boolean lostSign = value < 0 && !text.startsWith("-");
    return lostSign ? "-" + text : text;
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }

  private static String scientific(BigDecimal digits, int exponent) {
    String all = digits.unscaledValue().abs().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    String sign = digits.signum() < 0 ? "-" : "";
    String power =
        String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    return sign + all.charAt(0) + fraction + power;
  }
}

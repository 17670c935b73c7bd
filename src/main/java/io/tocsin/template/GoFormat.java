package io.tocsin.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

  private static final Pattern SPECIAL =
      Pattern.compile("[+-]?inf(inity)?|nan", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?"
              + "|[+-]?0[xX][0-9a-fA-F]*\\.?[0-9a-fA-F]*[pP][+-]?[0-9]+");

  /** From this exponent on, {@code %v} writes one. */
  static final int PLAIN_DIGITS = 6;

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
      case ZonedDateTime date -> GoTime.format(date, "2006-01-02 15:04:05.999999999 -0700 MST");
      case Duration duration -> duration(duration);
      case AlertScope scope ->
          "{%s %s %s %s}"
              .formatted(
                  print(scope.labels()),
                  print(scope.externalLabels()),
                  scope.externalUrl(),
                  print(scope.value()));
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
      case Nothing nothing -> "<nil>";
      case Instant time -> "*time.Time";
      case ZonedDateTime date -> "time.Time";
      case Duration duration -> "*time.Duration";
      case QueryPort.Sample sample -> "*template.sample";
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

  /**
   * A number as Go's strconv.ParseFloat reads it.
   *
   * @throws IllegalArgumentException for anything else
   */
  static double parse(String text) {
    if (SPECIAL.matcher(text).matches()) {
      double value =
          text.toLowerCase(Locale.ROOT).endsWith("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
      return text.startsWith("-") ? -value : value;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
    }
    return Double.parseDouble(text);
  }

  /** As a time.Duration prints itself: {@code 1h2m3.5s}, {@code 100ms}, {@code 0s}. */
  private static String duration(Duration duration) {
    long nanos = Math.abs(duration.toNanos());
    String sign = duration.isNegative() ? "-" : "";
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return sign + nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return sign + plain(nanos, 3) + "\u00b5s";
    }
    if (nanos < 1_000_000_000) {
      return sign + plain(nanos, 6) + "ms";
    }
    long minutes = nanos / 60_000_000_000L;
    String hours = minutes >= 60 ? minutes / 60 + "h" : "";
    String rest = minutes > 0 ? minutes % 60 + "m" : "";
    return sign + hours + rest + plain(nanos % 60_000_000_000L, 9) + "s";
  }

  private static String plain(long number, int scale) {
    BigDecimal shifted = BigDecimal.valueOf(number, scale);
    return shifted.signum() == 0 ? "0" : shifted.stripTrailingZeros().toPlainString();
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

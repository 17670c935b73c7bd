package io.tocsin.ingest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers as the values of {@code le} and {@code quantile} have them. */
final class GoFloat {

  private GoFloat() {}

  /**
   * As Go's {@code strconv.FormatFloat(v, 'f', -1, 64)} does: the shortest digits that read back as
   * the same number, never with an exponent. So Prometheus names buckets that come by OTLP.
   */
  static String plain(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /**
   * As OpenMetrics asks for {@code le} and {@code quantile}: {@code 1.0}, {@code 0.25}, {@code
   * 1e+06}, {@code +Inf}.
   *
   * @see <a
   *     href="https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md#considerations-canonical-numbers">Canonical
   *     numbers</a>
   */
  static String openMetrics(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0.0" : plain(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      String plain = decimal.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return "%s%c%se%+03d".formatted(value < 0 ? "-" : "", digits.charAt(0), fraction, exponent);
  }

  /** A number's text in the form that {@link #openMetrics} gives it; any other text as it is. */
  static String canonical(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return openMetrics(FloatText.parse(bytes, 0, bytes.length));
    } catch (NumberFormatException e) {
      return text;
    }
  }
}

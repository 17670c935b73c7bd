package io.tocsin.http;

import io.tocsin.promql.Numbers;
import java.math.BigDecimal;

/**
 * Numbers as Prometheus' API writes them: the shortest decimal that reads back the same, with an
 * exponent only below 1e-6 or from 1e21.
 *
 * @see <a
 *     href="https://github.com/prometheus/prometheus/blob/main/util/jsonutil/marshal.go">Prometheus
 *     util/jsonutil</a>
 */
final class GoNumber {

  private GoNumber() {}

  /** A sample's value. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    double size = Math.abs(value);
    BigDecimal shortest = Numbers.decimal(value);
    return size < 1e-6 || size >= 1e21 ? Numbers.scientific(shortest) : shortest.toPlainString();
  }

  /** With an exponent always, as alerts carry their values. */
  static String scientific(double value) {
    if (value == 0) {
      return (1 / value < 0 ? "-" : "") + "0e+00";
    }
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
    return finite ? Numbers.scientific(Numbers.decimal(value)) : of(value);
  }

  /** A timestamp in milliseconds as seconds with at most three decimals. */
  static BigDecimal seconds(long millis) {
    BigDecimal seconds = BigDecimal.valueOf(millis, 3);
    return millis % 1_000 == 0 ? seconds.setScale(0) : seconds;
  }
}

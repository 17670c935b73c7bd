package io.tocsin.ingest;

import java.math.BigDecimal;

/**
 * Numbers written as Go's {@code strconv.FormatFloat(v, 'f', -1, 64)} does: the shortest digits
 * that read back as the same number, never with an exponent. The values of {@code le} and {@code
 * quantile} look so.
 */
final class GoFloat {

  private GoFloat() {}

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
}

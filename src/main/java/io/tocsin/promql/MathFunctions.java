package io.tocsin.promql;

import io.tocsin.series.StaleMarker;

/** Numbers to numbers, where Java's own library lacks the function or differs from Go's. */
final class MathFunctions {

  private MathFunctions() {}

  static double log2(double v) {
    double exact = Math.getExponent(v);
    return v > 0 && Math.scalb(1.0, (int) exact) == v ? exact : Math.log(v) / Math.log(2);
  }

  static double acosh(double v) {
    return v < 1 ? Double.NaN : Math.log(v + Math.sqrt(v * v - 1));
  }

  static double asinh(double v) {
    double magnitude = Math.abs(v);
    double result =
        Math.log1p(magnitude + magnitude * magnitude / (1 + Math.sqrt(magnitude * magnitude + 1)));
    return Math.copySign(Double.isInfinite(v) ? magnitude : result, v);
  }

  static double atanh(double v) {
    return 0.5 * Math.log1p(2 * v / (1 - v));
  }

  /** The least of the two, NaN if either is. */
  static double least(double value, double bound) {
    return Math.min(value, bound);
  }

  /** The greatest of the two, NaN if either is. */
  static double most(double value, double bound) {
    return Math.max(value, bound);
  }

  /** Between the two bounds; nothing when they cross. */
  static double clamp(double value, double[] bounds) {
    if (bounds[1] < bounds[0]) {
      return StaleMarker.VALUE;
    }
    return Math.max(bounds[0], Math.min(bounds[1], value));
  }

  /** To the nearest multiple (of 1 by default), ties upward. */
  static double round(double value, double[] toNearest) {
    double inverse = 1 / (toNearest.length == 0 ? 1 : toNearest[0]);
    return Math.floor(value * inverse + 0.5) / inverse;
  }
}

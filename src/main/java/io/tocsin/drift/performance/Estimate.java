package io.tocsin.drift.performance;

import io.tocsin.drift.measure.Interval;

/**
 * A metric with its 95 % interval.
 *
 * @param value the metric; NaN where it is not defined
 * @param low lower bound
 * @param high upper bound
 */
public record Estimate(double value, double low, double high) {

  /** A share, with Wilson's interval. */
  static Estimate share(double hits, double rows) {
    if (rows == 0) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN);
    }
    Interval interval = Interval.wilson(hits, rows, Interval.Z95);
    return new Estimate(hits / rows, interval.low(), interval.high());
  }

  /** A value with a normal interval, cut to where the metric can be. */
  static Estimate normal(double value, double error, double least, double most) {
    Interval interval = Interval.around(value, error, Interval.Z95);
    return new Estimate(value, Math.max(least, interval.low()), Math.min(most, interval.high()));
  }
}

package io.tocsin.drift.performance;

import io.tocsin.drift.measure.Moments;

/**
 * How much a metric of n rows strays by itself: the standard deviation of its per-row statistic
 * over sqrt(n).
 */
public final class SamplingError {

  private SamplingError() {}

  /** Of a mean, from its own rows; NaN below two rows. */
  public static double ofMean(double... values) {
    return Moments.of(values).sampleSd() / Math.sqrt(values.length);
  }

  /** Of a share. */
  public static double ofShare(double share, double rows) {
    return Math.sqrt(share * (1 - share) / rows);
  }
}

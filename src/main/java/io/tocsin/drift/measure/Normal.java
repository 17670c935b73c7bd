package io.tocsin.drift.measure;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
public final class Normal {

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  /** P(Z > z); NaN stays NaN. */
  public static double survival(double z) {
    return Double.isNaN(z) ? z : STANDARD.survivalProbability(z);
  }

  /** The z with P(Z > z) = p. */
  public static double critical(double p) {
    return STANDARD.inverseSurvivalProbability(p);
  }

  /** P(|Z| > |z|). */
  public static double twoSided(double z) {
    return Math.min(1, 2 * survival(Math.abs(z)));
  }
}

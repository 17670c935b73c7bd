package io.tocsin.drift.measure;

/**
 * A confidence interval.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Interval(double low, double high) {

  /** 1.959964: the z of a 95 % interval. */
  public static final double Z95 = Normal.critical(0.025);

  /**
   * Wilson's interval of a share: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
   *
   * <p>Source: E. Wilson, Probable inference, the law of succession, and statistical inference,
   * JASA 22, 1927.
   *
   * @param z quantile of the normal distribution, as {@link #Z95}
   */
  public static Interval wilson(double hits, double rows, double z) {
    double p = hits / rows;
    double square = z * z / rows;
    double middle = p + square / 2;
    double half = z * Math.sqrt(p * (1 - p) / rows + square / (4 * rows));
    return new Interval(
        Math.max(0, (middle - half) / (1 + square)), Math.min(1, (middle + half) / (1 + square)));
  }

  /** Mean -+ z standard errors. */
  public static Interval around(double mean, double error, double z) {
    return new Interval(mean - z * error, mean + z * error);
  }
}

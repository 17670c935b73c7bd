package io.tocsin.drift.measure;

/**
 * Distances between two discrete distributions, given as shares per bin: p of the reference, q of
 * the current sample.
 */
public final class Divergence {

  private Divergence() {}

  /**
   * Population stability index: sum (p - q) ln(p / q) over bins where both shares are positive.
   *
   * <p>Source: B. Yurdakul and J. Naranjo, Journal of Risk Model Validation, 2020.
   */
  public static double populationStability(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0 && q[i] > 0) {
        sum += (p[i] - q[i]) * Math.log(p[i] / q[i]);
      } else if (p[i] != q[i]) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return sum;
  }

  /**
   * Jensen-Shannon distance: the square root of (KL(p, m) + KL(q, m)) / 2 with m = (p + q) / 2.
   * Shares are normalised first. In base 2 it lies in [0, 1].
   *
   * <p>Source: J. Lin, IEEE Transactions on Information Theory 37, 1991.
   *
   * @param base of the logarithm: 2 or e
   */
  public static double jensenShannon(double[] p, double[] q, double base) {
    double all = sum(p);
    double allToo = sum(q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double a = p[i] / all;
      double b = q[i] / allToo;
      double middle = (a + b) / 2;
      sum += relative(a, middle) + relative(b, middle);
    }
    return Math.sqrt(Math.max(0, sum / 2 / Math.log(base)));
  }

  /**
   * Kullback-Leibler divergence in nats: sum p ln(p / q); infinite when p has what q lacks.
   *
   * <p>Source: S. Kullback and R. Leibler, Annals of Mathematical Statistics 22, 1951.
   */
  public static double kullbackLeibler(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += relative(p[i], q[i]);
    }
    return sum;
  }

  private static double relative(double p, double q) {
    if (p == 0) {
      return 0;
    }
    return q == 0 ? Double.POSITIVE_INFINITY : p * Math.log(p / q);
  }

  /** Hellinger distance sqrt(1 - sum sqrt(p q)), in [0, 1]. E. Hellinger, 1909. */
  public static double hellinger(double[] p, double[] q) {
    return Math.sqrt(1 - Math.clamp(affinity(p, q), 0.0, 1.0));
  }

  /** Bhattacharyya distance -ln(sum sqrt(p q)); infinite without any overlap. */
  public static double bhattacharyya(double[] p, double[] q) {
    return Math.abs(Math.log(Math.min(1, affinity(p, q))));
  }

  private static double affinity(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.sqrt(p[i] * q[i]);
    }
    return sum;
  }

  /** Total variation distance, half the sum of |p - q|: one minus the overlap. */
  public static double totalVariation(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]);
    }
    return sum / 2;
  }

  /** The largest |p - q|. */
  public static double largest(double[] p, double[] q) {
    double largest = 0;
    for (int i = 0; i < p.length; i++) {
      largest = Math.max(largest, Math.abs(p[i] - q[i]));
    }
    return largest;
  }

  static double sum(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    return sum;
  }
}

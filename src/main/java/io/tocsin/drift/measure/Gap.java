package io.tocsin.drift.measure;

/** Distances read off the two empirical distribution functions F (reference) and G (current). */
public final class Gap {

  private Gap() {}

  /**
   * First Wasserstein distance, the area between the distribution functions, in the unit of the
   * values.
   *
   * @see <a
   *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.wasserstein_distance.html">scipy.stats.wasserstein_distance</a>
   */
  public static double wasserstein(Pooled pooled) {
    return integral(pooled, false);
  }

  /**
   * Energy distance sqrt(2 E|X-Y| - E|X-X'| - E|Y-Y'|) of the samples as they are (V-statistic),
   * which is sqrt(2 integral (F-G)^2).
   *
   * @see <a
   *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.energy_distance.html">scipy.stats.energy_distance</a>
   */
  public static double energy(Pooled pooled) {
    return Math.sqrt(2 * integral(pooled, true));
  }

  private static double integral(Pooled pooled, boolean squared) {
    long below = 0;
    long belowToo = 0;
    double area = 0;
    for (int i = 0; i + 1 < pooled.size(); i++) {
      below += pooled.first()[i];
      belowToo += pooled.second()[i];
      double gap = (double) below / pooled.n() - (double) belowToo / pooled.m();
      double width = pooled.values()[i + 1] - pooled.values()[i];
      area += (squared ? gap * gap : Math.abs(gap)) * width;
    }
    return area;
  }

  /** Mean distance between two rows drawn with replacement from both samples together. */
  public static double meanDistance(Pooled pooled) {
    double rows = (double) pooled.n() + pooled.m();
    long below = 0;
    double sum = 0;
    for (int i = 0; i + 1 < pooled.size(); i++) {
      below += pooled.first()[i] + pooled.second()[i];
      double share = below / rows;
      sum += 2 * share * (1 - share) * (pooled.values()[i + 1] - pooled.values()[i]);
    }
    return sum;
  }

  /**
   * How far the Wasserstein distance strays from sampling alone, over sqrt(1/n + 1/m): the mean of
   * the integral of |B(F)|, B being a Brownian bridge, plus z standard deviations of the values,
   * which bounds it by the Gaussian concentration inequality.
   *
   * <p>Source: C. Borell, The Brunn-Minkowski inequality in Gauss space, 1975; the limit law is
   * that of E. del Barrio, E. Gine and C. Matran, Annals of Probability 27, 1999.
   *
   * @param sd population standard deviation of the reference
   */
  public static double wassersteinNoise(Pooled pooled, double sd, double z) {
    long below = 0;
    double spread = 0;
    for (int i = 0; i + 1 < pooled.size(); i++) {
      below += pooled.first()[i];
      double share = (double) below / pooled.n();
      double width = pooled.values()[i + 1] - pooled.values()[i];
      spread += Math.sqrt(share * (1 - share)) * width;
    }
    return Math.sqrt(2 / Math.PI) * spread + z * sd;
  }

  /**
   * The largest gaps between the distribution functions, looked at after each distinct value.
   *
   * @param above the largest F - G, at least 0
   * @param below the largest G - F, at least 0
   */
  public record Extremes(double above, double below) {

    /** Kolmogorov-Smirnov's D. */
    public double widest() {
      return Math.max(above, below);
    }

    /** Kuiper's V. */
    public double sum() {
      return above + below;
    }
  }

  public static Extremes extremes(Pooled pooled) {
    double above = 0;
    double below = 0;
    long f = 0;
    long g = 0;
    for (int i = 0; i < pooled.size(); i++) {
      f += pooled.first()[i];
      g += pooled.second()[i];
      double gap = (double) f / pooled.n() - (double) g / pooled.m();
      above = Math.max(above, gap);
      below = Math.max(below, -gap);
    }
    return new Extremes(above, below);
  }
}

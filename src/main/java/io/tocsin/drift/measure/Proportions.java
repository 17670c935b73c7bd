package io.tocsin.drift.measure;

/** Shares and their differences. */
public final class Proportions {

  private Proportions() {}

  /**
   * z of two proportions: (p1 - p2) / sqrt(P (1 - P) (1/n + 1/m)), P the share of both together.
   * The effect is |p1 - p2|. Equal constant samples answer z = 0, p = 1.
   *
   * <p>Source: NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3.
   */
  public static Tested z(long hits, long rows, long hits2, long rows2, Alternative side) {
    double first = (double) hits / rows;
    double second = (double) hits2 / rows2;
    double both = (double) (hits + hits2) / (rows + rows2);
    double error = Math.sqrt(both * (1 - both) * (1.0 / rows + 1.0 / rows2));
    double gap = first - second;
    double z = error == 0 ? 0 : gap / error;
    double p = error == 0 ? 1 : side.p(z, Normal::survival);
    return new Tested(z, p, Math.abs(gap));
  }

  /**
   * Cohen's h, 2 asin(sqrt(p1)) - 2 asin(sqrt(p2)): a difference of shares on a scale where its
   * noise does not depend on the share.
   *
   * <p>Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, chapter 6.
   */
  public static double cohensH(double first, double second) {
    return 2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second));
  }
}

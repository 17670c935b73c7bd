package io.tocsin.drift.measure;

/**
 * Kuiper's two-sample test: V = max(F - G) + max(G - F), as sensitive in the tails as at the
 * median. p is asymptotic, 2 sum (4 j^2 l^2 - 1) exp(-2 j^2 l^2) with l = (sqrt(N) + 0.155 + 0.24 /
 * sqrt(N)) V and N = nm / (n + m).
 *
 * <p>Source: M. Stephens, Use of the Kolmogorov-Smirnov, Cramer-von Mises and related statistics
 * without extensive tables, JRSS B 32, 1970.
 */
public final class Kuiper {

  private Kuiper() {}

  public static Tested test(Pooled pooled) {
    double v = Gap.extremes(pooled).sum();
    return Tested.of(v, p(v, pooled.n(), pooled.m()));
  }

  /** Probability of at least this V. */
  public static double p(double v, long n, long m) {
    double size = Math.sqrt((double) n * m / (n + m));
    double level = (size + 0.155 + 0.24 / size) * v;
    if (level < 0.4) {
      return 1;
    }
    double sum = 0;
    for (int j = 1; j <= 100; j++) {
      double x = (double) j * j * level * level;
      double term = 2 * (4 * x - 1) * Math.exp(-2 * x);
      sum += term;
      if (Math.abs(term) < 1e-16) {
        break;
      }
    }
    return Math.clamp(sum, 0, 1);
  }
}

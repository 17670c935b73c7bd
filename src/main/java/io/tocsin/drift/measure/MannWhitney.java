package io.tocsin.drift.measure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Mann-Whitney U of the reference: how many pairs have the larger value in the reference, ties
 * counting half. p by SciPy's rules: exact when one side has at most 8 rows and no value occurs
 * twice, else normal with tie and continuity correction. The effect is Cliff's delta, |2 U / nm -
 * 1|.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.mannwhitneyu.html">scipy.stats.mannwhitneyu</a>
 */
public final class MannWhitney {

  /** Beyond this many pairs the exact distribution costs more than it tells. */
  private static final long MOST_PAIRS = 200_000;

  /** How to compute the p-value. */
  public enum Method {
    AUTO,
    EXACT,
    ASYMPTOTIC
  }

  private MannWhitney() {}

  public static Tested test(
      Pooled pooled, Alternative alternative, Method method, boolean continuity) {
    double n = pooled.n();
    double m = pooled.m();
    double u = u(pooled);
    double looked =
        switch (alternative) {
          case TWO_SIDED -> Math.max(u, n * m - u);
          case GREATER -> u;
          case LESS -> n * m - u;
        };
    double tail =
        exact(pooled, method)
            ? survival((long) Math.floor(looked), pooled.n(), pooled.m())
            : normalTail(pooled, looked, continuity);
    double p = Math.min(1, alternative == Alternative.TWO_SIDED ? 2 * tail : tail);
    return new Tested(u, p, Math.abs(2 * u / (n * m) - 1));
  }

  private static double u(Pooled pooled) {
    double u = 0;
    long below = 0;
    for (int i = 0; i < pooled.size(); i++) {
      u += pooled.first()[i] * (below + pooled.second()[i] / 2.0);
      below += pooled.second()[i];
    }
    return u;
  }

  private static boolean exact(Pooled pooled, Method method) {
    boolean affordable = pooled.n() * pooled.m() <= MOST_PAIRS;
    return switch (method) {
      case ASYMPTOTIC -> false;
      case EXACT -> {
        if (!affordable) {
          throw new IllegalArgumentException(
              "an exact Mann-Whitney p-value needs at most %d pairs, found %d"
                  .formatted(MOST_PAIRS, pooled.n() * pooled.m()));
        }
        yield true;
      }
      case AUTO -> Math.min(pooled.n(), pooled.m()) <= 8 && !pooled.hasTies() && affordable;
    };
  }

  private static double normalTail(Pooled pooled, double looked, boolean continuity) {
    double n = pooled.n();
    double m = pooled.m();
    double rows = n + m;
    double ties = 0;
    for (int i = 0; i < pooled.size(); i++) {
      double tied = pooled.first()[i] + pooled.second()[i];
      ties += tied * tied * tied - tied;
    }
    double sd = Math.sqrt(n * m / 12 * (rows + 1 - ties / (rows * (rows - 1))));
    double z = (looked - n * m / 2 - (continuity ? 0.5 : 0)) / sd;
    return Normal.survival(z);
  }

  /**
   * P(U >= k): the coefficients of the Gaussian binomial count the orders of the rows that give
   * each U.
   */
  static double survival(long k, long n, long m) {
    int few = (int) Math.min(n, m);
    int many = (int) Math.max(n, m);
    // By symmetry P(U >= k) = P(U <= nm - k).
    int most = (int) (n * m - k);
    if (most < 0) {
      return 0;
    }
    var ways = new BigInteger[most + 1];
    Arrays.fill(ways, BigInteger.ZERO);
    ways[0] = BigInteger.ONE;
    BigInteger all = BigInteger.ONE;
    for (int i = 1; i <= few; i++) {
      for (int j = most; j >= many + i; j--) {
        ways[j] = ways[j].subtract(ways[j - many - i]);
      }
      for (int j = i; j <= most; j++) {
        ways[j] = ways[j].add(ways[j - i]);
      }
      all = all.multiply(BigInteger.valueOf(many + i)).divide(BigInteger.valueOf(i));
    }
    BigInteger sum = Arrays.stream(ways).reduce(BigInteger.ZERO, BigInteger::add);
    return new BigDecimal(sum).divide(new BigDecimal(all), MathContext.DECIMAL64).doubleValue();
  }
}

package io.tocsin.drift.measure;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.ArithmeticUtils;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Cramer-von Mises for two samples: T = U / (nm (n + m)) - (4nm - 1) / (6 (n + m)) with midranks
 * for ties. p is exact while both sides have at most 20 rows, else from the limiting distribution.
 *
 * <p>Sources: T. Anderson, On the distribution of the two-sample Cramer-von Mises criterion, Annals
 * of Mathematical Statistics 33, 1962; S. Csorgo and J. Faraway, JRSS B 58, 1996, equation 1.2; Y.
 * Xiao, A. Gordon and A. Yakovlev, Journal of Statistical Software 17, 2006.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.cramervonmises_2samp.html">scipy.stats.cramervonmises_2samp</a>
 */
public final class CramerVonMises {

  private static final int EXACT_ROWS = 20;

  /** How to compute the p-value. */
  public enum Method {
    AUTO,
    EXACT,
    ASYMPTOTIC
  }

  private CramerVonMises() {}

  /**
   * Tests two samples.
   *
   * @throws IllegalArgumentException for an exact p-value of more than 20 rows a side
   */
  public static Tested test(Pooled pooled, Method method) {
    boolean small = Math.max(pooled.n(), pooled.m()) <= EXACT_ROWS;
    if (method == Method.EXACT && !small) {
      throw new IllegalArgumentException(
          "an exact Cramer-von Mises p-value needs at most 20 rows a side");
    }
    double u = u(pooled);
    double pairs = (double) pooled.n() * pooled.m();
    double rows = (double) pooled.n() + pooled.m();
    double t = u / (pairs * rows) - (4 * pairs - 1) / (6 * rows);
    double p =
        small && method != Method.ASYMPTOTIC
            ? exact(u, (int) pooled.n(), (int) pooled.m())
            : asymptotic(t, pooled.n(), pooled.m());
    return Tested.of(t, p);
  }

  private static double u(Pooled pooled) {
    double a = 0;
    double b = 0;
    double below = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < pooled.size(); i++) {
      double mid = below + (pooled.first()[i] + pooled.second()[i] + 1) / 2.0;
      a += squares(mid - first, pooled.first()[i]);
      b += squares(mid - second, pooled.second()[i]);
      first += pooled.first()[i];
      second += pooled.second()[i];
      below = first + second;
    }
    return pooled.n() * a + pooled.m() * b;
  }

  /** Sum of (gap - j)^2 for j = 1..count. */
  private static double squares(double gap, double count) {
    return count * gap * gap
        - gap * count * (count + 1)
        + count * (count + 1) * (2 * count + 1) / 6;
  }

  /** P(T' >= t) by the limiting distribution, after matching mean and variance. */
  public static double asymptotic(double t, long n, long m) {
    double rows = (double) n + m;
    double pairs = (double) n * m;
    double mean = (1 + 1 / rows) / 6;
    double variance =
        (rows + 1)
            * (4 * pairs * rows - 3 * ((double) n * n + (double) m * m) - 2 * pairs)
            / (45 * rows * rows * 4 * pairs);
    double normal = 1.0 / 6 + (t - mean) / Math.sqrt(45 * variance);
    return normal < 0.003 ? 1 : Math.max(0, 1 - limiting(normal));
  }

  private static double limiting(double x) {
    double sum = 0;
    for (int k = 0; ; k++) {
      double y = 4 * k + 1;
      double q = y * y / (16 * x);
      double scale =
          Math.exp(Gamma.logGamma(k + 0.5) - Gamma.logGamma(k + 1))
              / (Math.pow(Math.PI, 1.5) * Math.sqrt(x));
      double term = scale * Math.sqrt(y) * dampedBessel(q);
      sum += term;
      if (term < 1e-12) {
        return sum;
      }
    }
  }

  /**
   * exp(-q) K(q), K being the modified Bessel function of the second kind of order 1/4: the
   * integral of exp(-q (1 + cosh t)) cosh(t / 4) over t >= 0. The trapezoidal rule converges
   * geometrically on it.
   */
  private static double dampedBessel(double q) {
    double step = 1.0 / 64;
    double sum = Math.exp(-2 * q) / 2;
    for (int i = 1; ; i++) {
      double t = i * step;
      double term = Math.exp(-q * (1 + Math.cosh(t))) * Math.cosh(t / 4);
      sum += term;
      if (term <= sum * 1e-18 || term == 0) {
        return sum * step;
      }
    }
  }

  /** P(U' >= u): walks every order of the rows, keeping how often each sum of squares occurs. */
  private static double exact(double u, int n, int m) {
    long multiple = ArithmeticUtils.lcm((long) n, (long) m);
    long a = multiple / n;
    long b = multiple / m;
    double pairs = (double) n * m;
    double zeta =
        Math.floor(
            (double) multiple
                * multiple
                * (n + m)
                * (6 * u - pairs * (4 * pairs - 1))
                / (6 * pairs * pairs));
    var row = new Frequencies[n + 1];
    for (int v = 0; v <= m; v++) {
      for (int i = 0; i <= n; i++) {
        Frequencies left = i == 0 ? Frequencies.NONE : row[i - 1];
        Frequencies below = v == 0 ? Frequencies.NONE : row[i];
        Frequencies here = i == 0 && v == 0 ? Frequencies.ONE : left.plus(below);
        long gap = a * i - b * v;
        row[i] = here.shifted(gap * gap);
      }
    }
    return row[n].atLeast(zeta) / CombinatoricsUtils.binomialCoefficientDouble(n + m, n);
  }

  /** How many walks have each sum; sums increasing. */
  private record Frequencies(long[] sums, double[] walks) {

    static final Frequencies NONE = new Frequencies(new long[0], new double[0]);
    static final Frequencies ONE = new Frequencies(new long[] {0}, new double[] {1});

    Frequencies plus(Frequencies other) {
      var sum = new long[sums.length + other.sums.length];
      var walk = new double[sum.length];
      int i = 0;
      int j = 0;
      int size = 0;
      while (i < sums.length || j < other.sums.length) {
        long next =
            j == other.sums.length || (i < sums.length && sums[i] <= other.sums[j])
                ? sums[i]
                : other.sums[j];
        sum[size] = next;
        if (i < sums.length && sums[i] == next) {
          walk[size] += walks[i++];
        }
        if (j < other.sums.length && other.sums[j] == next) {
          walk[size] += other.walks[j++];
        }
        size++;
      }
      return new Frequencies(Arrays.copyOf(sum, size), Arrays.copyOf(walk, size));
    }

    Frequencies shifted(long by) {
      return new Frequencies(Arrays.stream(sums).map(sum -> sum + by).toArray(), walks);
    }

    double atLeast(double bound) {
      double found = 0;
      for (int i = 0; i < sums.length; i++) {
        found += sums[i] >= bound ? walks[i] : 0;
      }
      return found;
    }
  }
}

package io.tocsin.drift.measure;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;

/**
 * Anderson-Darling for two samples, midrank version, normalised by its standard deviation. p is
 * interpolated between the published critical values and capped to [0.001, 0.25].
 *
 * <p>Source: F. Scholz and M. Stephens, K-sample Anderson-Darling tests, JASA 82, 1987, equation 7
 * and table 2.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.anderson_ksamp.html">scipy.stats.anderson_ksamp</a>
 */
public final class AndersonDarling {

  private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};
  private static final double[] B0 = {0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085};
  private static final double[] B1 = {-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615};
  private static final double[] B2 = {-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154};
  private static final double[] CRITICAL = critical();
  private static final double[] CURVE = curve();

  private AndersonDarling() {}

  private static double[] critical() {
    var critical = new double[LEVELS.length];
    for (int i = 0; i < critical.length; i++) {
      critical[i] = B0[i] + B1[i] + B2[i];
    }
    return critical;
  }

  /** Least squares for log(level) as a quadratic of the critical value. */
  private static double[] curve() {
    var gram = new double[3][3];
    var right = new double[3];
    for (int i = 0; i < CRITICAL.length; i++) {
      double[] powers = {1, CRITICAL[i], CRITICAL[i] * CRITICAL[i]};
      for (int row = 0; row < 3; row++) {
        right[row] += powers[row] * Math.log(LEVELS[i]);
        for (int column = 0; column < 3; column++) {
          gram[row][column] += powers[row] * powers[column];
        }
      }
    }
    return new LUDecomposition(new Array2DRowRealMatrix(gram, false))
        .getSolver()
        .solve(new ArrayRealVector(right, false))
        .toArray();
  }

  /** The value that the statistic passes once in a thousand comparisons without drift. */
  public static double criticalAtThousandth() {
    return CRITICAL[CRITICAL.length - 1];
  }

  /**
   * Tests two samples of at least four rows together.
   *
   * @throws IllegalArgumentException when all rows are equal or there are fewer than four
   */
  public static Tested test(Pooled pooled) {
    if (pooled.size() < 2 || pooled.n() + pooled.m() < 4) {
      throw new IllegalArgumentException(
          "Anderson-Darling needs four rows and two distinct values");
    }
    double normal = (statistic(pooled) - 1) / Math.sqrt(variance(pooled.n(), pooled.m()));
    return Tested.of(normal, p(normal));
  }

  private static double p(double normal) {
    if (normal < CRITICAL[0]) {
      return LEVELS[0];
    }
    if (normal > CRITICAL[CRITICAL.length - 1]) {
      return LEVELS[LEVELS.length - 1];
    }
    return Math.exp(CURVE[0] + normal * (CURVE[1] + normal * CURVE[2]));
  }

  private static double statistic(Pooled pooled) {
    double rows = (double) pooled.n() + pooled.m();
    double below = 0;
    double first = 0;
    double second = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < pooled.size(); i++) {
      double tied = pooled.first()[i] + pooled.second()[i];
      double mid = below + tied / 2;
      double weight = tied / rows / (mid * (rows - mid) - rows * tied / 4);
      double gap = rows * (first + pooled.first()[i] / 2.0) - mid * pooled.n();
      double gapToo = rows * (second + pooled.second()[i] / 2.0) - mid * pooled.m();
      a += weight * gap * gap;
      b += weight * gapToo * gapToo;
      below += tied;
      first += pooled.first()[i];
      second += pooled.second()[i];
    }
    return (a / pooled.n() + b / pooled.m()) * (rows - 1) / rows;
  }

  private static double variance(long n, long m) {
    double rows = (double) n + m;
    double inverse = 1.0 / n + 1.0 / m;
    double h = 0;
    double g = 0;
    for (long i = (long) rows - 1; i > 1; i--) {
      h += 1.0 / i;
      g += h / (rows - i + 1);
    }
    h += 1;
    double a = 4 * g - 6 + (10 - 6 * g) * inverse;
    double b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
    double c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
    double d = (2 * h + 6) * 4 - 8 * h;
    return (((a * rows + b) * rows + c) * rows + d) / ((rows - 1) * (rows - 2) * (rows - 3));
  }
}

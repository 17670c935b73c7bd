package io.tocsin.drift.measure;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Epps-Singleton: compares the characteristic functions at t = 0.4 and 0.8 over half the
 * interquartile range; chi-square with 4 degrees of freedom. Below 25 rows a side the statistic is
 * corrected for small samples.
 *
 * <p>Source: T. Epps and K. Singleton, Journal of Statistical Computation and Simulation 26, 1986;
 * correction by S. Goerg and J. Kaiser, Stata Journal 9, 2009.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.epps_singleton_2samp.html">scipy.stats.epps_singleton_2samp</a>
 */
public final class EppsSingleton {

  /** Rows each side needs. */
  public static final int FEWEST = 5;

  private static final double[] POINTS = {0.4, 0.8};
  private static final int TERMS = 2 * POINTS.length;

  private EppsSingleton() {}

  /**
   * Tests two samples.
   *
   * @throws IllegalArgumentException when a side is too small, both are constants, or the middle
   *     half of all rows is one value
   */
  public static Tested test(Pooled pooled) {
    boolean scatter = pooled.reference().squares() + pooled.current().squares() > 0;
    boolean enough = pooled.n() >= FEWEST && pooled.m() >= FEWEST;
    double scale = scatter && enough ? pooled.pooledIqr() / 2 : 0;
    if (!(scale > 0)) {
      throw new IllegalArgumentException(
          "Epps-Singleton needs %d rows a side that scatter, and quartiles that differ"
              .formatted(FEWEST));
    }
    double n = pooled.n();
    double m = pooled.m();
    double rows = n + m;
    var first = Waves.of(pooled.values(), pooled.first(), n, scale);
    var second = Waves.of(pooled.values(), pooled.second(), m, scale);
    RealMatrix covariance =
        first
            .covariance()
            .scalarMultiply(rows / n)
            .add(second.covariance().scalarMultiply(rows / m));
    var svd = new SingularValueDecomposition(covariance);
    double tolerance = TERMS * Math.ulp(1.0) * svd.getNorm();
    int rank =
        (int) Arrays.stream(svd.getSingularValues()).filter(value -> value > tolerance).count();
    var gap = new double[TERMS];
    Arrays.setAll(gap, i -> first.means()[i] - second.means()[i]);
    var vector = new ArrayRealVector(gap, false);
    double w = rows * vector.dotProduct(inverse(svd, tolerance).operate(vector));
    if (Math.max(n, m) < 25) {
      w /= 1 + Math.pow(rows, -0.45) + 10.1 * (Math.pow(n, -1.7) + Math.pow(m, -1.7));
    }
    return Tested.of(w, rank == 0 ? 1 : ChiSquaredDistribution.of(rank).survivalProbability(w));
  }

  private static RealMatrix inverse(SingularValueDecomposition svd, double tolerance) {
    var inverted = new Array2DRowRealMatrix(TERMS, TERMS);
    double[] singular = svd.getSingularValues();
    for (int i = 0; i < TERMS; i++) {
      inverted.setEntry(i, i, singular[i] > tolerance ? 1 / singular[i] : 0);
    }
    return svd.getV().multiply(inverted).multiply(svd.getUT());
  }

  /** Means and covariance (over n) of the cosines, then the sines, of one side. */
  private record Waves(double[] means, RealMatrix covariance) {

    static Waves of(double[] values, long[] counts, double rows, double scale) {
      var waves = new double[values.length][];
      var means = new double[TERMS];
      for (int i = 0; i < values.length; i++) {
        waves[i] = waves(values[i], scale);
        for (int k = 0; k < TERMS; k++) {
          means[k] += counts[i] * waves[i][k] / rows;
        }
      }
      var covariance = new double[TERMS][TERMS];
      for (int i = 0; i < values.length; i++) {
        for (int k = 0; k < TERMS; k++) {
          for (int l = 0; l < TERMS; l++) {
            covariance[k][l] +=
                counts[i] * (waves[i][k] - means[k]) * (waves[i][l] - means[l]) / rows;
          }
        }
      }
      return new Waves(means, new Array2DRowRealMatrix(covariance, false));
    }

    private static double[] waves(double value, double scale) {
      var wave = new double[TERMS];
      for (int k = 0; k < POINTS.length; k++) {
        wave[k] = Math.cos(POINTS[k] / scale * value);
        wave[POINTS.length + k] = Math.sin(POINTS[k] / scale * value);
      }
      return wave;
    }
  }
}

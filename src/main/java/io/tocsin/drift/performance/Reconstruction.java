package io.tocsin.drift.performance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Multivariate drift as the error of squeezing rows through the principal components of a
 * reference: rows that keep the reference's correlations come back nearly whole. Features are
 * standardised by the reference's mean and population standard deviation; missing values take the
 * mean; components explain at least a share of the variance.
 *
 * <p>Source: NannyML, data reconstruction with PCA, which keeps 65 % of the variance.
 */
public final class Reconstruction {

  /** Features beyond which the eigenvectors take too long. */
  public static final int MOST_FEATURES = 500;

  private final double[] means;
  private final double[] scales;
  private final double[][] components;

  private Reconstruction(double[] means, double[] scales, double[][] components) {
    this.means = means;
    this.scales = scales;
    this.components = components;
  }

  /**
   * Learns the components of a reference.
   *
   * @param rows one array per row, all of one length; NaN for missing
   * @param share of the variance that the components explain, in (0, 1)
   * @throws IllegalArgumentException without rows, for rows of different lengths or too many
   *     features
   */
  public static Reconstruction fit(double[][] rows, double share) {
    if (rows.length == 0 || rows[0].length == 0 || rows[0].length > MOST_FEATURES) {
      throw new IllegalArgumentException(
          "a reconstruction needs rows of 1 to %d features".formatted(MOST_FEATURES));
    }
    int width = rows[0].length;
    var means = new double[width];
    var scales = new double[width];
    for (int k = 0; k < width; k++) {
      int feature = k;
      double mean =
          Arrays.stream(rows)
              .mapToDouble(row -> feature(row, feature, width))
              .filter(Double::isFinite)
              .average()
              .orElse(0);
      double square =
          Arrays.stream(rows)
              .mapToDouble(row -> Double.isFinite(row[feature]) ? row[feature] - mean : 0)
              .map(gap -> gap * gap)
              .average()
              .orElse(0);
      means[k] = mean;
      scales[k] = square > 0 ? Math.sqrt(square) : 1;
    }
    return new Reconstruction(means, scales, components(rows, means, scales, share));
  }

  private static double feature(double[] row, int feature, int width) {
    if (row.length != width) {
      throw new IllegalArgumentException(
          "a row has %d features, the first %d".formatted(row.length, width));
    }
    return row[feature];
  }

  private static double[][] components(
      double[][] rows, double[] means, double[] scales, double share) {
    int width = means.length;
    var covariance = new double[width][width];
    for (double[] row : rows) {
      double[] z = standard(row, means, scales);
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += z[i] * z[j] / rows.length;
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = i + 1; j < width; j++) {
        covariance[i][j] = covariance[j][i];
      }
    }
    var eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    double[] values = eigen.getRealEigenvalues();
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double all = Arrays.stream(values).sum();
    double explained = 0;
    int kept = 0;
    while (kept < width && explained <= share * all) {
      explained += values[order[kept++]];
    }
    return IntStream.range(0, kept)
        .mapToObj(i -> eigen.getEigenvector(order[i]).toArray())
        .toArray(double[][]::new);
  }

  private static double[] standard(double[] row, double[] means, double[] scales) {
    var z = new double[means.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = Double.isFinite(row[i]) ? (row[i] - means[i]) / scales[i] : 0;
    }
    return z;
  }

  /** How many components are kept. */
  public int components() {
    return components.length;
  }

  /** Euclidean distance between a standardised row and what comes back of it. */
  public double error(double[] row) {
    double[] z = standard(row, means, scales);
    double square = Arrays.stream(z).map(value -> value * value).sum();
    for (double[] component : components) {
      double along = 0;
      for (int i = 0; i < z.length; i++) {
        along += z[i] * component[i];
      }
      square -= along * along;
    }
    return Math.sqrt(Math.max(0, square));
  }

  /** Mean error of a chunk; NaN without rows. */
  public double error(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(this::error).average().orElse(Double.NaN);
  }
}

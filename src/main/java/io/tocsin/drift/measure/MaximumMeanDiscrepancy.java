package io.tocsin.drift.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Squared maximum mean discrepancy, unbiased, with a Gaussian kernel exp(-(x-y)^2 / (2 sigma^2)).
 * Without a given sigma, 2 sigma^2 is the median squared distance of all pairs. p from permutations
 * with a fixed seed.
 *
 * <p>Source: A. Gretton and others, A kernel two-sample test, JMLR 13, 2012, equation 3.
 */
public final class MaximumMeanDiscrepancy {

  /** Rows of both sides together; time and memory grow with the square. */
  public static final int MOST_ROWS = 2000;

  private MaximumMeanDiscrepancy() {}

  /**
   * Tests two samples.
   *
   * @param sigma width of the kernel; 0 for the median rule
   * @param permutations how many to draw for the p-value
   * @throws IllegalArgumentException beyond {@link #MOST_ROWS} rows or below two rows a side
   */
  public static Tested test(double[] reference, double[] current, double sigma, int permutations) {
    int n = reference.length;
    int rows = n + current.length;
    if (n < 2 || current.length < 2 || rows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "maximum mean discrepancy takes 2 rows a side and at most %d together, found %d and %d"
              .formatted(MOST_ROWS, n, current.length));
    }
    double[] all = Arrays.copyOf(reference, rows);
    System.arraycopy(current, 0, all, n, current.length);
    double twice = sigma > 0 ? 2 * sigma * sigma : medianSquare(all);
    var kernel = new double[rows][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        double gap = all[i] - all[j];
        kernel[i][j] = gap == 0 ? 1 : Math.exp(-gap * gap / twice);
      }
    }
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    double observed = discrepancy(kernel, order, n);
    var random = new SplittableRandom(0);
    int atLeast = 0;
    for (int draw = 0; draw < permutations; draw++) {
      shuffle(order, random);
      atLeast += discrepancy(kernel, order, n) >= observed ? 1 : 0;
    }
    return Tested.of(observed, permutations == 0 ? 1 : (double) atLeast / permutations);
  }

  private static double medianSquare(double[] all) {
    int rows = all.length;
    var squares = new double[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        squares[i * rows + j] = (all[i] - all[j]) * (all[i] - all[j]);
      }
    }
    Arrays.sort(squares);
    // The median of the distances between different rows; those of a row to itself come first.
    return squares[rows + (rows * rows - rows) / 2 - 1];
  }

  private static double discrepancy(double[][] kernel, int[] order, int n) {
    int m = order.length - n;
    double within = 0;
    double withinToo = 0;
    double across = 0;
    for (int i = 0; i < order.length; i++) {
      double[] row = kernel[order[i]];
      for (int j = 0; j < i; j++) {
        double value = row[order[j]];
        if (i < n) {
          within += value;
        } else if (j >= n) {
          withinToo += value;
        } else {
          across += value;
        }
      }
    }
    return 2 * within / ((double) n * (n - 1))
        + 2 * withinToo / ((double) m * (m - 1))
        - 2 * across / ((double) n * m);
  }

  private static void shuffle(int[] rows, SplittableRandom random) {
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = rows[i];
      rows[i] = rows[j];
      rows[j] = swap;
    }
  }
}

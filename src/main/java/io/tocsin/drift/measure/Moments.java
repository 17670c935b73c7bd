package io.tocsin.drift.measure;

import java.util.Arrays;

/**
 * Size, mean and scatter of a sample.
 *
 * @param rows number of values
 * @param mean arithmetic mean; NaN without rows
 * @param squares sum of squared distances from the mean
 */
public record Moments(long rows, double mean, double squares) {

  /** Of distinct values with their counts; two passes, so that large offsets do not cancel. */
  static Moments of(double[] values, long[] counts) {
    long rows = 0;
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      rows += counts[i];
      sum += counts[i] * values[i];
    }
    double mean = sum / rows;
    double squares = 0;
    double drift = 0;
    for (int i = 0; i < values.length; i++) {
      double gap = values[i] - mean;
      squares += counts[i] * gap * gap;
      drift += counts[i] * gap;
    }
    return new Moments(rows, mean, squares - drift * drift / rows);
  }

  /** Of plain values. */
  public static Moments of(double... values) {
    var ones = new long[values.length];
    Arrays.fill(ones, 1);
    return of(values, ones);
  }

  /** Sum of squares over rows. */
  public double populationVariance() {
    return Math.max(0, squares) / rows;
  }

  public double populationSd() {
    return Math.sqrt(populationVariance());
  }

  /** Sum of squares over rows - 1; NaN for a single row. */
  public double sampleVariance() {
    return rows < 2 ? Double.NaN : Math.max(0, squares) / (rows - 1);
  }

  public double sampleSd() {
    return Math.sqrt(sampleVariance());
  }
}

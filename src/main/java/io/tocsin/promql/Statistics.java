package io.tocsin.promql;

import java.util.Arrays;

/**
 * Folds over {@code values[from, to)}, at least one value, with Prometheus' treatment of NaN,
 * infinity and rounding.
 */
final class Statistics {

  /** A fold of a stretch of values. */
  @FunctionalInterface
  interface Fold {
    double apply(double[] values, int from, int to);
  }

  private Statistics() {}

  static double sum(double[] values, int from, int to) {
    var sum = new Kahan();
    for (int i = from; i < to; i++) {
      sum.add(values[i]);
    }
    return sum.value();
  }

  /** The mean: sum by count, or incremental once the sum would overflow. */
  static double mean(double[] values, int from, int to) {
    var sum = new Kahan();
    for (int i = from; i < to; i++) {
      sum.add(values[i]);
      if (sum.isInfinite()) {
        return incrementalMean(values, from, to);
      }
    }
    double count = to - from;
    return sum.value() / count;
  }

  private static double incrementalMean(double[] values, int from, int to) {
    var mean = new Kahan();
    for (int i = from; i < to; i++) {
      double count = i - from + 1.0;
      mean.scale((count - 1) / count);
      mean.add(values[i] / count);
    }
    return mean.value();
  }

  /** The smallest; NaN only when all are. */
  static double min(double[] values, int from, int to) {
    double least = values[from];
    for (int i = from + 1; i < to; i++) {
      if (values[i] < least || Double.isNaN(least)) {
        least = values[i];
      }
    }
    return least;
  }

  /** The largest; NaN only when all are. */
  static double max(double[] values, int from, int to) {
    double most = values[from];
    for (int i = from + 1; i < to; i++) {
      if (values[i] > most || Double.isNaN(most)) {
        most = values[i];
      }
    }
    return most;
  }

  /** Where the last of the largest, or smallest, values stands; NaN only when all are. */
  static int last(Window window, boolean largest) {
    int best = window.from;
    for (int i = window.from + 1; i < window.to; i++) {
      double value = window.values[i];
      double least = window.values[best];
      if (Double.isNaN(least) || (largest ? value >= least : value <= least)) {
        best = i;
      }
    }
    return best;
  }

  static double count(double[] values, int from, int to) {
    return to - from;
  }

  /** Population variance, by Welford's method. */
  static double variance(double[] values, int from, int to) {
    var mean = new Kahan();
    var squares = new Kahan();
    for (int i = from; i < to; i++) {
      double delta = values[i] - mean.value();
      mean.add(delta / (i - from + 1));
      squares.add(delta * (values[i] - mean.value()));
    }
    return squares.value() / (to - from);
  }

  static double deviation(double[] values, int from, int to) {
    return Math.sqrt(variance(values, from, to));
  }

  /** The q-quantile, linear between neighbours; NaN sorts first. */
  static double quantile(double q, double[] values, int from, int to) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    int nans = 0;
    while (nans < sorted.length && Double.isNaN(sorted[sorted.length - 1 - nans])) {
      nans++;
    }
    double rank = q * (sorted.length - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(sorted.length - 1, lower + 1);
    double weight = rank - lower;
    return at(sorted, nans, lower) * (1 - weight) + at(sorted, nans, upper) * weight;
  }

  /** Java sorts NaN last, Prometheus first. */
  private static double at(double[] sorted, int nans, int i) {
    return i < nans ? Double.NaN : sorted[i - nans];
  }

  /** The median of the distances from the median; NaN when any value is. */
  static double medianDistance(double[] values, int from, int to) {
    double median = quantile(0.5, values, from, to);
    double[] distances = new double[to - from];
    for (int i = from; i < to; i++) {
      if (Double.isNaN(values[i])) {
        return Double.NaN;
      }
      distances[i - from] = Math.abs(values[i] - median);
    }
    return quantile(0.5, distances, 0, distances.length);
  }
}

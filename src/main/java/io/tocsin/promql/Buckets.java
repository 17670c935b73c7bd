package io.tocsin.promql;

import java.util.Arrays;

/** The cumulative buckets of one classic histogram at one step, in order of their upper bounds. */
final class Buckets {
  /** Relative difference below which counts are the same but for rounding, as in Prometheus. */
  private static final double TOLERANCE = 1e-12;

  private final double[] bounds;
  private final double[] counts;
  private int size;
  private boolean forced;
  private double lowestForced;
  private double highestForced;
  private double largestDrop;

  Buckets(int most) {
    this.bounds = new double[most];
    this.counts = new double[most];
  }

  void clear() {
    size = 0;
    forced = false;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a bucket; those with the same bound, as in {@code 1} and {@code 1.0}, count together. */
  void put(double bound, double count) {
    if (size > 0 && bounds[size - 1] == bound) {
      counts[size - 1] += count;
    } else {
      bounds[size] = bound;
      counts[size++] = count;
    }
  }

  /** Whether any real decrease had to be lifted by {@link #quantile}. */
  boolean forced() {
    return forced;
  }

  /** The smallest bound of those lifted. */
  double lowestForced() {
    return lowestForced;
  }

  /** The largest bound of those lifted. */
  double highestForced() {
    return highestForced;
  }

  /** The largest difference that was lifted. */
  double largestDrop() {
    return largestDrop;
  }

  private boolean isComplete() {
    return bounds[size - 1] == Double.POSITIVE_INFINITY;
  }

  /** The q-quantile, linear within its bucket. */
  double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!isComplete()) {
      return Double.NaN;
    }
    ensureMonotonic();
    int last = size - 1;
    double observations = counts[last];
    if (last == 0 || observations == 0 || Double.isNaN(observations)) {
      return Double.NaN;
    }
    double rank = q * observations;
    int b = 0;
    while (b < last && !(counts[b] >= rank)) {
      b++;
    }
    if (b == last) {
      return bounds[last - 1];
    }
    if (b == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = b == 0 ? 0 : bounds[b - 1];
    double below = b == 0 ? 0 : counts[b - 1];
    return start + (bounds[b] - start) * ((rank - below) / (counts[b] - below));
  }

  /** Lifts each count to the one before. */
  private void ensureMonotonic() {
    lowestForced = Double.POSITIVE_INFINITY;
    highestForced = Double.NEGATIVE_INFINITY;
    largestDrop = 0;
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      boolean close = Math.abs(count - before) <= TOLERANCE * Math.abs(count + before);
      if (!close && count >= before) {
        before = count;
        continue;
      }
      if (!close && count < before) {
        forced = true;
        lowestForced = Math.min(lowestForced, bounds[i]);
        highestForced = Math.max(highestForced, bounds[i]);
        largestDrop = Math.max(largestDrop, before - count);
      }
      counts[i] = Double.isNaN(count) ? count : before;
    }
  }

  /** Which share of the observations lies between two values, linear within a bucket. */
  double fraction(double lower, double upper) {
    double total = counts[size - 1];
    if (!isComplete() || total == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (rank(upper, total) - rank(lower, total)) / total;
  }

  /** How many observations lie below a value. */
  private double rank(double value, double total) {
    double below = 0;
    double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < size; i++) {
      if (start >= value) {
        return Math.min(below, total);
      }
      if (bounds[i] > value) {
        double inside =
            start == Double.NEGATIVE_INFINITY
                ? counts[i]
                : below + (counts[i] - below) * (value - start) / (bounds[i] - start);
        return inside > total ? total : inside;
      }
      below = counts[i];
      start = bounds[i];
    }
    return total;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(bounds, size))
        + Arrays.toString(Arrays.copyOf(counts, size));
  }
}

package io.tocsin.drift.measure;

import java.util.Arrays;

/**
 * Two samples of numbers sorted together: each distinct value once, with how often either side has
 * it. Whatever depends on order and ties alone is computed from this, for raw values and for counts
 * in bins alike.
 *
 * @param values distinct, finite, increasing
 * @param first rows of the reference at each value
 * @param second rows of the current sample at each value
 * @param n rows of the reference
 * @param m rows of the current sample
 */
public record Pooled(double[] values, long[] first, long[] second, long n, long m) {

  /** Pools raw, finite values in any order. */
  public static Pooled of(double[] reference, double[] current) {
    return ofSorted(sorted(reference), sorted(current));
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    // Adding zero turns -0.0 into 0.0, which sorting would tell apart.
    for (int i = 0; i < copy.length; i++) {
      copy[i] += 0.0;
    }
    Arrays.sort(copy);
    return copy;
  }

  private static Pooled ofSorted(double[] a, double[] b) {
    var values = new double[a.length + b.length];
    var first = new long[values.length];
    var second = new long[values.length];
    int i = 0;
    int j = 0;
    int size = 0;
    while (i < a.length || j < b.length) {
      double next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      values[size] = next;
      while (i < a.length && a[i] == next) {
        first[size]++;
        i++;
      }
      while (j < b.length && b[j] == next) {
        second[size]++;
        j++;
      }
      size++;
    }
    return new Pooled(
        Arrays.copyOf(values, size),
        Arrays.copyOf(first, size),
        Arrays.copyOf(second, size),
        a.length,
        b.length);
  }

  /** Counts at given, increasing places; places empty on both sides are left out. */
  public static Pooled ofCounts(double[] places, long[] reference, long[] current) {
    int size = 0;
    var values = new double[places.length];
    var first = new long[places.length];
    var second = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      if (reference[i] + current[i] > 0) {
        values[size] = places[i];
        first[size] = reference[i];
        second[size++] = current[i];
      }
    }
    return new Pooled(
        Arrays.copyOf(values, size),
        Arrays.copyOf(first, size),
        Arrays.copyOf(second, size),
        Arrays.stream(reference).sum(),
        Arrays.stream(current).sum());
  }

  /** Number of distinct values. */
  public int size() {
    return values.length;
  }

  /** Whether some value occurs more than once. */
  public boolean hasTies() {
    return size() < n + m;
  }

  /** Moments of the reference. */
  public Moments reference() {
    return Moments.of(values, first);
  }

  /** Moments of the current sample. */
  public Moments current() {
    return Moments.of(values, second);
  }

  /** A linear-interpolated quantile of one side's rows, given by its counts. */
  static double quantile(double[] values, long[] counts, long rows, double level) {
    double position = (rows - 1) * level;
    long below = (long) Math.floor(position);
    double weight = position - below;
    double low = at(values, counts, below);
    double high = at(values, counts, Math.min(below + 1, rows - 1));
    return weight < 0.5 ? low + (high - low) * weight : high - (high - low) * (1 - weight);
  }

  private static double at(double[] values, long[] counts, long rank) {
    long seen = 0;
    for (int i = 0; i < values.length; i++) {
      seen += counts[i];
      if (seen > rank) {
        return values[i];
      }
    }
    throw new IllegalArgumentException("rank " + rank + " of " + seen + " rows");
  }

  /** Distance between the quartiles of the reference. */
  public double referenceIqr() {
    return quantile(values, first, n, 0.75) - quantile(values, first, n, 0.25);
  }

  /** Distance between the quartiles of both samples together. */
  public double pooledIqr() {
    var both = new long[size()];
    Arrays.setAll(both, i -> first[i] + second[i]);
    return quantile(values, both, n + m, 0.75) - quantile(values, both, n + m, 0.25);
  }
}

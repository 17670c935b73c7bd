package io.tocsin.drift;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Numbers frozen as fine bins: edges at the 64-quantiles and the deciles of the reference, so
 * counts alone give the population stability index on deciles exactly and Kolmogorov-Smirnov's
 * distance within the largest bin's share. Bins are (low, high]; the first reaches down to minus
 * infinity, the last up to plus infinity.
 */
public final class NumericReference implements Reference {

  private static final int FINE = 64;
  private static final int COARSE = 10;

  /** Values for which preparing a faster search pays. */
  private static final int MANY = 500;

  private final double[] edges;
  private final boolean[] decile;
  private final long[] counts;
  private final double[] sorted;

  private NumericReference(double[] edges, boolean[] decile, long[] counts, double[] sorted) {
    this.edges = edges;
    this.decile = decile;
    this.counts = counts;
    this.sorted = sorted;
  }

  /** Freezes a reference; what is not finite is left out. The raw values are kept. */
  public static NumericReference of(double... values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    var levels = new TreeMap<Double, Boolean>();
    if (sorted.length > 0) {
      for (int i = 1; i < FINE; i++) {
        levels.put(Quantiles.linear(sorted, (double) i / FINE) + 0.0, false);
      }
      for (int i = 1; i < COARSE; i++) {
        levels.put(Quantiles.linear(sorted, (double) i / COARSE) + 0.0, true);
      }
    }
    var edges = new double[levels.size()];
    var decile = new boolean[levels.size()];
    int i = 0;
    for (var level : levels.entrySet()) {
      edges[i] = level.getKey();
      decile[i++] = level.getValue();
    }
    var empty = new NumericReference(edges, decile, new long[edges.length + 1], new double[0]);
    return new NumericReference(edges, decile, empty.count(sorted), sorted);
  }

  /**
   * A reference from its parts, as {@link #edges}, {@link #isDecile}, {@link #counts} and {@link
   * #values} gave them out.
   *
   * @param edges strictly increasing
   * @param values the raw values behind the counts, sorted, or none
   * @throws IllegalArgumentException when the lengths do not fit each other
   */
  public static NumericReference restore(
      double[] edges, boolean[] decile, long[] counts, double[] values) {
    if (decile.length != edges.length || counts.length != edges.length + 1) {
      throw new IllegalArgumentException(
          "a reference with %d edges needs as many decile marks and one more count, found %d and %d"
              .formatted(edges.length, decile.length, counts.length));
    }
    return new NumericReference(edges.clone(), decile.clone(), counts.clone(), values.clone());
  }

  /**
   * The same bins holding other rows, with the deciles of those rows marked at the nearest edges:
   * for rows of which only the counts are left.
   */
  public NumericReference withDeciles(long[] rows) {
    if (rows.length != counts.length) {
      throw new IllegalArgumentException(
          "%d bins cannot hold counts of %d".formatted(counts.length, rows.length));
    }
    var marks = new boolean[edges.length];
    double all = Arrays.stream(rows).sum();
    for (int level = 1; level < COARSE && all > 0; level++) {
      long below = 0;
      int nearest = 0;
      double gap = Double.POSITIVE_INFINITY;
      for (int edge = 0; edge < edges.length; edge++) {
        below += rows[edge];
        double distance = Math.abs(below / all - (double) level / COARSE);
        if (distance < gap) {
          gap = distance;
          nearest = edge;
        }
      }
      if (edges.length > 0) {
        marks[nearest] = true;
      }
    }
    return new NumericReference(edges, marks, rows.clone(), new double[0]);
  }

  /** A fast way to find bins; empty when there is but one. */
  public Optional<BinGrid> grid() {
    return edges.length == 0 ? Optional.empty() : Optional.of(new BinGrid(edges));
  }

  /** The same reference without its raw values: a few kilobytes however many rows it was. */
  public NumericReference binsOnly() {
    return new NumericReference(edges, decile, counts, new double[0]);
  }

  /** The fine bin of a finite value, 0 to {@link #bins} - 1. */
  public int bin(double value) {
    // Adding zero turns -0.0 into 0.0, which the search would tell apart.
    int found = Arrays.binarySearch(edges, value + 0.0);
    return found >= 0 ? found : -found - 1;
  }

  /** Number of fine bins. */
  public int bins() {
    return counts.length;
  }

  /** Counts finite values in the fine bins. */
  public long[] count(double[] values) {
    var into = new long[bins()];
    countInto(values, values.length, into);
    return into;
  }

  /**
   * One number standing for each fine bin: the middle between its edges; the outer edge itself for
   * the first, half the width of its neighbour beyond it for the last.
   */
  double[] places() {
    var places = new double[bins()];
    for (int i = 1; i < edges.length; i++) {
      places[i] = edges[i - 1] / 2 + edges[i] / 2;
    }
    if (edges.length > 0) {
      int last = edges.length - 1;
      places[0] = edges[0];
      places[edges.length] = edges[last] + (last == 0 ? 1 : (edges[last] - edges[last - 1]) / 2);
    }
    return places;
  }

  /**
   * Adds the first values of an array to counts in the fine bins; much faster than one by one. All
   * must be finite.
   */
  public void countInto(double[] values, int size, long[] into) {
    if (size >= MANY && edges.length > 0) {
      new BinGrid(edges).count(values, size, into);
      return;
    }
    for (int i = 0; i < size; i++) {
      into[bin(values[i])]++;
    }
  }

  /** Upper edges of all bins but the last, strictly increasing. */
  public double[] edges() {
    return edges.clone();
  }

  /** Which edges are deciles of the reference. */
  public boolean[] isDecile() {
    return decile.clone();
  }

  /** Rows per fine bin. */
  public long[] counts() {
    return counts.clone();
  }

  /** The raw values, sorted; empty when only the bins are kept. */
  public double[] values() {
    return sorted.clone();
  }

  /** Whether the raw values are still there. */
  boolean hasValues() {
    return sorted.length > 0;
  }

  @Override
  public long rows() {
    return Arrays.stream(counts).sum();
  }

  @Override
  public Aligned align(Window window) {
    long[] current =
        switch (window) {
          case Window.Values(double[] values) -> count(values);
          case Window.BinCounts(long[] binned) -> binned.clone();
          case Window.Categories ignored ->
              throw new IllegalArgumentException(
                  "categories cannot be compared with a reference of numbers");
        };
    if (current.length != counts.length) {
      throw new IllegalArgumentException(
          "the window has %d bins, its reference %d".formatted(current.length, counts.length));
    }
    return new Aligned(counts.clone(), current);
  }

  /** Fine counts summed between deciles. */
  Aligned deciles(Aligned fine) {
    int coarse = 1;
    for (boolean mark : decile) {
      coarse += mark ? 1 : 0;
    }
    var before = new long[coarse];
    var after = new long[coarse];
    int into = 0;
    for (int i = 0; i < counts.length; i++) {
      before[into] += fine.reference()[i];
      after[into] += fine.current()[i];
      into += i < decile.length && decile[i] ? 1 : 0;
    }
    return new Aligned(before, after);
  }
}

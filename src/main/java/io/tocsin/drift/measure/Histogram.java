package io.tocsin.drift.measure;

import java.util.Arrays;

/** Counting values in bins [low, high), the last one closed. */
public final class Histogram {

  private Histogram() {}

  /** Rows per bin; values outside the edges are not counted. */
  public static double[] count(double[] edges, double[] values) {
    var counts = new double[edges.length - 1];
    for (double value : values) {
      int bin = bin(edges, value + 0.0);
      if (bin >= 0) {
        counts[bin]++;
      }
    }
    return counts;
  }

  private static int bin(double[] edges, double value) {
    int last = edges.length - 1;
    if (value < edges[0] || value > edges[last]) {
      return -1;
    }
    int found = Arrays.binarySearch(edges, value);
    int bin = found >= 0 ? found : -found - 2;
    return Math.min(bin, last - 1);
  }

  /**
   * Shares of intervals by the piecewise linear distribution function of a histogram, as SciPy's
   * rv_histogram has it.
   *
   * @param edges of the histogram
   * @param places increasing; one more than there are intervals
   */
  public static double[] shares(double[] edges, double[] counts, double[] places) {
    double rows = Arrays.stream(counts).sum();
    var below = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      below[i] = cumulative(edges, counts, places[i]) / rows;
    }
    var shares = new double[places.length - 1];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = below[i + 1] - below[i];
    }
    return shares;
  }

  private static double cumulative(double[] edges, double[] counts, double place) {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (place >= edges[i + 1]) {
        sum += counts[i];
      } else if (place > edges[i]) {
        sum += counts[i] * (place - edges[i]) / (edges[i + 1] - edges[i]);
      }
    }
    return sum;
  }
}

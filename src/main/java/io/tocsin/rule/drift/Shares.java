package io.tocsin.rule.drift;

import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.util.Arrays;
import java.util.Optional;

/** Shares of numbers below a bound. */
final class Shares {

  private Shares() {}

  /**
   * Before and now; from raw values where they are kept, else within bins by their width. Empty for
   * categories.
   */
  static Optional<double[]> below(ModelHistory.Sides sides, double bound) {
    if (!(sides.reference() instanceof NumericReference reference)
        || sides.window() instanceof Window.Categories) {
      return Optional.empty();
    }
    Reference.Aligned counts = reference.align(sides.window());
    double before =
        reference.values().length > 0
            ? raw(reference.values(), bound)
            : binned(reference.edges(), counts.reference(), bound);
    double now =
        sides.window() instanceof Window.Values(double[] values)
            ? raw(values, bound)
            : binned(reference.edges(), counts.current(), bound);
    return Optional.of(new double[] {before, now});
  }

  private static double raw(double[] values, double bound) {
    return (double) Arrays.stream(values).filter(value -> value < bound).count() / values.length;
  }

  private static double binned(double[] edges, long[] counts, double bound) {
    double rows = Arrays.stream(counts).sum();
    double below = 0;
    for (int i = 0; i < edges.length && rows > 0; i++) {
      if (edges[i] > bound) {
        double low = i == 0 ? edges[i] : edges[i - 1];
        double part = i == 0 || edges[i] == low ? 0 : (bound - low) / (edges[i] - low);
        return (below + counts[i] * part) / rows;
      }
      below += counts[i];
    }
    return rows == 0 ? 0 : below / rows;
  }
}

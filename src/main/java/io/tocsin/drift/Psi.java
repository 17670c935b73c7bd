package io.tocsin.drift;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Population stability index: the sum over bins of (p - q) ln(p / q), p and q being the shares of
 * reference and current window. Numeric bins are the deciles of the reference; every category is a
 * bin, unseen ones too. Shares are floored at 1e-4 and not renormalised; bins empty on both sides
 * do not count.
 *
 * <p>Without drift, the index divided by (1/n + 1/m) follows chi-square with one degree of freedom
 * less than there are bins; from that comes the floor.
 *
 * <p>Source: B. Yurdakul and J. Naranjo, Statistical properties of the population stability index,
 * Journal of Risk Model Validation, 2020.
 */
final class Psi {

  private static final double SMALLEST_SHARE = 1e-4;

  private Psi() {}

  static DriftResult compare(Reference reference, Window window, Guard guard) {
    Reference.Aligned counts =
        switch (reference) {
          case NumericReference numeric ->
              mergeNeighbours(numeric.deciles(numeric.align(window)), guard.rowsPerBin());
          case CategoricalReference categories ->
              pool(categories.align(window), guard.rowsPerBin());
        };
    long n = reference.rows();
    long m = window.rows();
    double index = 0;
    int bins = 0;
    for (int i = 0; i < counts.reference().length; i++) {
      if (counts.reference()[i] == 0 && counts.current()[i] == 0) {
        continue;
      }
      bins++;
      double p = Math.max((double) counts.reference()[i] / n, SMALLEST_SHARE);
      double q = Math.max((double) counts.current()[i] / m, SMALLEST_SHARE);
      index += (p - q) * Math.log(p / q);
    }
    double floor = floor(n, m, bins, guard.significance());
    return new DriftScore(index, OptionalDouble.empty(), n, m, bins, floor, 0);
  }

  /** What sampling alone reaches with the given probability. */
  static double floor(long n, long m, int bins, double significance) {
    if (significance == 0 || bins < 2) {
      return 0;
    }
    double quantile = ChiSquaredDistribution.of(bins - 1).inverseSurvivalProbability(significance);
    return quantile * (1.0 / n + 1.0 / m);
  }

  private static Reference.Aligned mergeNeighbours(Reference.Aligned bins, int rowsPerBin) {
    if (rowsPerBin == 0) {
      return bins;
    }
    long n = Arrays.stream(bins.reference()).sum();
    long m = Arrays.stream(bins.current()).sum();
    var before = new long[bins.reference().length];
    var after = new long[before.length];
    int last = 0;
    for (int i = 0; i < before.length; i++) {
      if (carries(before[last], after[last], n, m, rowsPerBin)) {
        last++;
      }
      before[last] += bins.reference()[i];
      after[last] += bins.current()[i];
    }
    if (last > 0 && !carries(before[last], after[last], n, m, rowsPerBin)) {
      before[last - 1] += before[last];
      after[last - 1] += after[last];
      last--;
    }
    return new Reference.Aligned(Arrays.copyOf(before, last + 1), Arrays.copyOf(after, last + 1));
  }

  /** Categories too small to be counted alone become one bin. */
  private static Reference.Aligned pool(Reference.Aligned bins, int rowsPerBin) {
    if (rowsPerBin == 0) {
      return bins;
    }
    long n = Arrays.stream(bins.reference()).sum();
    long m = Arrays.stream(bins.current()).sum();
    var before = new long[bins.reference().length + 1];
    var after = new long[before.length];
    int kept = 1;
    for (int i = 0; i < bins.reference().length; i++) {
      long p = bins.reference()[i];
      long q = bins.current()[i];
      int into = carries(p, q, n, m, rowsPerBin) ? kept++ : 0;
      before[into] += p;
      after[into] += q;
    }
    return new Reference.Aligned(Arrays.copyOf(before, kept), Arrays.copyOf(after, kept));
  }

  /**
   * Whether a bin expects or holds enough current rows to stand alone. A bin that holds them
   * without expecting them is a change to be seen, not noise to be merged away.
   */
  private static boolean carries(long reference, long current, long n, long m, int rowsPerBin) {
    long expected = Math.round((double) reference / n * m);
    return Math.max(expected, current) >= rowsPerBin;
  }
}

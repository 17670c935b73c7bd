package io.tocsin.drift;

import java.util.Arrays;

/** Making bins large enough that sampling alone does not shake their shares. */
final class Merging {

  private Merging() {}

  /** Neighbouring bins together until each carries enough rows. */
  static Reference.Aligned neighbours(Reference.Aligned bins, int rowsPerBin) {
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
  static Reference.Aligned pool(Reference.Aligned bins, int rowsPerBin) {
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

  /** Categories of which a side expects fewer rows than this become one bin. */
  static Reference.Aligned poolExpected(Reference.Aligned bins, double expected) {
    if (expected == 0) {
      return bins;
    }
    double n = Arrays.stream(bins.reference()).sum();
    double m = Arrays.stream(bins.current()).sum();
    var before = new long[bins.reference().length + 1];
    var after = new long[before.length];
    int kept = 1;
    for (int i = 0; i < bins.reference().length; i++) {
      long rows = bins.reference()[i] + bins.current()[i];
      int into = rows * Math.min(n, m) / (n + m) >= expected ? kept++ : 0;
      before[into] += bins.reference()[i];
      after[into] += bins.current()[i];
    }
    return new Reference.Aligned(Arrays.copyOf(before, kept), Arrays.copyOf(after, kept));
  }
}

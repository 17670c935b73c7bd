package io.tocsin.drift;

import java.util.Locale;

/** The ways to measure how far a current window has moved from its reference. */
public enum DriftTest {
  /** Population stability index: sum of (p - q) ln(p / q) over bins. Numbers and categories. */
  PSI(Psi::compare),
  /** Two-sample Kolmogorov-Smirnov: the largest gap between the distribution functions. Numbers. */
  KOLMOGOROV_SMIRNOV(KolmogorovSmirnov::compare);

  private interface Comparison {
    DriftResult compare(Reference reference, Window window, Guard guard);
  }

  private final Comparison comparison;

  DriftTest(Comparison comparison) {
    this.comparison = comparison;
  }

  /** The name in rule files and labels: {@code psi}, {@code kolmogorov_smirnov}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Compares a window with its reference.
   *
   * @throws IllegalArgumentException when a window of bin counts was not counted in this
   *     reference's bins, or numbers meet categories
   */
  public DriftResult compare(Reference reference, Window window, Guard guard) {
    long n = reference.rows();
    long m = window.rows();
    if (n == 0 || m == 0) {
      return new DriftResult.NoData(n, m);
    }
    if (n < guard.minReference() || m < guard.neededCurrent()) {
      return new DriftResult.TooFewSamples(n, m, guard.minReference(), guard.neededCurrent());
    }
    return comparison.compare(reference, window, guard);
  }
}

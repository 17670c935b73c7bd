package io.tocsin.drift;

/** The distribution that later windows are compared with, frozen. */
public sealed interface Reference permits NumericReference, CategoricalReference {

  /** Rows that are not missing. */
  long rows();

  /**
   * The two sides counted in common bins.
   *
   * @throws IllegalArgumentException when the window is of another kind or counted in other bins
   */
  Aligned align(Window window);

  /** Counts of both sides, bin by bin; the arrays have one length and are the caller's own. */
  record Aligned(long[] reference, long[] current) {}
}

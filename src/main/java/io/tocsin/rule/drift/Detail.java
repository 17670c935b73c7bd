package io.tocsin.rule.drift;

import java.util.List;

/**
 * Both distributions of a row, so that anybody can compute its figure again.
 *
 * @param kind {@code numbers} or {@code categories}
 * @param edges upper edges of all bins but the last, which is open; none for categories
 * @param bins what was counted, in order
 * @param quantiles of numbers: level, before, after
 * @param fresh categories of the window that the reference does not have
 * @param exact whether quantiles come from raw values; else they are interpolated within bins
 */
public record Detail(
    String kind,
    List<Double> edges,
    List<Bin> bins,
    List<Quantile> quantiles,
    List<String> fresh,
    boolean exact) {

  /**
   * One bin or category.
   *
   * @param label its range or name
   * @param before rows of the reference
   * @param after rows of the window
   * @param contribution its part of the population stability index, (p - q) ln(p / q)
   */
  public record Bin(String label, long before, long after, double contribution) {}

  /** A quantile of both sides. */
  public record Quantile(double level, double before, double after) {}

  public Detail {
    edges = List.copyOf(edges);
    bins = List.copyOf(bins);
    quantiles = List.copyOf(quantiles);
    fresh = List.copyOf(fresh);
  }
}

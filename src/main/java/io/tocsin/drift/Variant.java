package io.tocsin.drift;

import io.tocsin.drift.measure.Pooled;
import java.util.Map;

/**
 * How other tools set the same method up; what they disagree on is preset, and can be overridden.
 */
enum Variant {
  /** Our own definition: frozen deciles, floor 1e-4, base 2. */
  CANONICAL,
  /**
   * Evidently: Sturges' bins over both sides when the reference has more than 20 distinct values,
   * else one bin per value.
   */
  EVIDENTLY,
  /** NannyML: Doane's bins of the reference, everything else in one leftover bin; base 2. */
  NANNYML,
  /** Frouros: ten equal widths over both sides; JS and KL from interpolated histograms. */
  FROUROS,
  /** Deepchecks: categories below 1 % of the reference are one, shares at least 0.01. */
  DEEPCHECKS;

  private static final int EVIDENTLY_FEW = 20;
  private static final int NANNYML_FEW = 50;

  /** The defaults of a test's parameters about bins. */
  Map<String, String> presets(DriftTest test, Comparison comparison) {
    return switch (this) {
      case CANONICAL -> Map.of();
      case EVIDENTLY -> evidently(test, comparison);
      case NANNYML ->
          Map.of(
              "bins", distinct(comparison) ? "distinct" : "doane",
              "bins_over", "reference",
              "outside", "leftover",
              "zeros", "none");
      case FROUROS ->
          switch (test) {
            case JENSEN_SHANNON, KULLBACK_LEIBLER ->
                Map.of("bins", "interpolated", "zeros", "none", "base", "e", "normalise", "false");
            default ->
                Map.of(
                    "bins",
                    "equal_width",
                    "bins_over",
                    "both",
                    "zeros",
                    test == DriftTest.PSI ? "replace" : "none",
                    "floor",
                    String.valueOf(Double.MIN_NORMAL));
          };
      case DEEPCHECKS -> Map.of("bins", "distinct", "rare", "0.01", "floor", "0.01");
    };
  }

  private static Map<String, String> evidently(DriftTest test, Comparison comparison) {
    boolean few =
        comparison
            .raw()
            .map(raw -> Pooled.of(raw.reference(), new double[0]).size() <= EVIDENTLY_FEW)
            .orElse(true);
    return switch (test) {
      case HELLINGER -> Map.of("bins", "sturges", "bins_over", "distinct", "zeros", "none");
      case PSI, KULLBACK_LEIBLER ->
          Map.of(
              "bins", few ? "distinct" : "sturges",
              "bins_over", "both",
              "zeros", "evidently",
              "base", "e",
              "normalise", "true");
      default ->
          Map.of(
              "bins", few ? "distinct" : "sturges",
              "bins_over", "both",
              "zeros", "none",
              "base", "e");
    };
  }

  private static boolean distinct(Comparison comparison) {
    return comparison
        .raw()
        .map(
            raw -> {
              int distinct = Pooled.of(raw.reference(), new double[0]).size();
              return distinct <= NANNYML_FEW && (double) distinct / raw.reference().length <= 0.1;
            })
        .orElse(true);
  }
}

package io.tocsin.drift;

import io.tocsin.drift.measure.Pooled;
import io.tocsin.drift.option.Options;
import java.util.Arrays;
import java.util.Optional;

/** What a test compares, and how it is asked to. */
record Comparison(Reference reference, Window window, Guard guard, Options options) {

  /** Raw numbers with at most this many distinct values count as categories where it matters. */
  static final int FEW = 20;

  /** Both sides as raw numbers. */
  record Raw(double[] reference, double[] current) {}

  long n() {
    return reference.rows();
  }

  long m() {
    return window.rows();
  }

  /** The raw numbers, while both sides have them. */
  Optional<Raw> raw() {
    return reference instanceof NumericReference numeric
            && numeric.hasValues()
            && window instanceof Window.Values(double[] values)
        ? Optional.of(new Raw(numeric.values(), values))
        : Optional.empty();
  }

  /** Whether the sides are categories. */
  boolean categorical() {
    return reference instanceof CategoricalReference;
  }

  /**
   * Checks that both sides are of one kind, and counted in the same bins.
   *
   * @throws IllegalArgumentException when they are not
   */
  void checkKinds() {
    if (!(window instanceof Window.Values) || categorical()) {
      reference.align(window);
    }
  }

  /**
   * Both sides in order, raw or at the places of the reference's bins.
   *
   * @throws IllegalArgumentException for categories
   */
  Pooled pooled() {
    return switch (reference) {
      case CategoricalReference ignored ->
          throw new IllegalArgumentException("the test needs an order, and categories have none");
      case NumericReference numeric ->
          raw()
              .map(raw -> Pooled.of(raw.reference(), raw.current()))
              .orElseGet(
                  () -> {
                    Reference.Aligned counts = numeric.align(window);
                    return Pooled.ofCounts(numeric.places(), counts.reference(), counts.current());
                  });
    };
  }

  /** Counts per category; of numbers per distinct value while there are few, else per decile. */
  Reference.Aligned categories() {
    return switch (reference) {
      case CategoricalReference categories -> categories.align(window);
      case NumericReference numeric -> {
        Optional<Pooled> distinct = raw().map(raw -> Pooled.of(raw.reference(), raw.current()));
        yield distinct
            .filter(pooled -> pooled.size() <= FEW)
            .map(pooled -> new Reference.Aligned(pooled.first(), pooled.second()))
            .orElseGet(() -> numeric.deciles(numeric.align(window)));
      }
    };
  }

  /** A score of raw or binned numbers. */
  DriftScore score(double statistic) {
    DriftScore score = DriftScore.of(statistic, n(), m());
    if (raw().isPresent()) {
      return score;
    }
    int bins = reference instanceof NumericReference numeric ? numeric.bins() : 0;
    return score.bins(bins, 0).note("computed from counts in " + bins + " bins");
  }

  /** Chance that sampling alone passes the floor; 0 when the guard is off. */
  double significance() {
    return guard.significance();
  }

  /** 1/n + 1/m: sampling variances scale with it. */
  double noise() {
    return 1.0 / n() + 1.0 / m();
  }

  static double[] doubles(long[] counts) {
    return Arrays.stream(counts).asDoubleStream().toArray();
  }
}

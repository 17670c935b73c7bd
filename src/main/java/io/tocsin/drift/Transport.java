package io.tocsin.drift;

import io.tocsin.drift.measure.Gap;
import io.tocsin.drift.measure.Normal;
import io.tocsin.drift.measure.Pooled;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * First Wasserstein distance over a scale: the population standard deviation of the reference by
 * default. A reference that does not scatter has no scale: the raw distance is told, and said so.
 */
final class Transport {

  /** What the distance is divided by. */
  private enum Scale {
    /** Population standard deviation of the reference. */
    SD,
    /** Distance between the quartiles of the reference. */
    IQR,
    /** Nothing. */
    NONE,
    /** The standard deviation, but at least 0.001: Evidently. */
    SD_AT_LEAST,
    /** The range of both sides after cutting a share off either tail of each: Deepchecks. */
    TRIMMED_RANGE
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.choice("scale", Scale.SD, "What the distance is divided by."),
          Parameter.real(
              "trim", 0, 0.49, 0.025, "Share cut off either tail before a trimmed range."));

  private static final double EVIDENTLY_LEAST = 0.001;

  private Transport() {}

  static DriftResult compare(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    double sd = pooled.reference().populationSd();
    return switch (comparison.options().choice("scale", Scale.class)) {
      case SD -> scaled(comparison, pooled, Optional.of(sd), sd);
      case IQR -> scaled(comparison, pooled, Optional.of(pooled.referenceIqr()), sd);
      case NONE -> scaled(comparison, pooled, Optional.empty(), sd);
      case SD_AT_LEAST ->
          scaled(comparison, pooled, Optional.of(Math.max(sd, EVIDENTLY_LEAST)), sd);
      case TRIMMED_RANGE -> trimmed(comparison, pooled);
    };
  }

  private static DriftScore scaled(
      Comparison comparison, Pooled pooled, Optional<Double> scale, double sd) {
    double distance = Gap.wasserstein(pooled);
    double noise = 0;
    if (comparison.significance() > 0) {
      double z = Normal.critical(comparison.significance());
      noise = Gap.wassersteinNoise(pooled, sd, z) * Math.sqrt(comparison.noise());
    }
    double by = scale.filter(value -> value > 0).orElse(1.0);
    DriftScore score =
        comparison.score(distance / by).effect(sd > 0 ? distance / sd : distance).floor(noise / by);
    return scale.isPresent() && scale.get() <= 0
        ? score.note("the reference does not scatter: the distance is in the values' own unit")
        : score;
  }

  private static DriftScore trimmed(Comparison comparison, Pooled pooled) {
    Comparison.Raw raw =
        comparison
            .raw()
            .orElseThrow(
                () -> new IllegalArgumentException("a trimmed range needs the raw numbers"));
    double trim = comparison.options().real("trim");
    double[] before = within(raw.reference(), trim);
    double[] after = within(raw.current(), trim);
    if (before.length == 0 || after.length == 0) {
      throw new IllegalArgumentException("nothing is left of a side after trimming its tails");
    }
    Pooled cut = Pooled.of(before, after);
    double range = cut.size() < 2 ? 0 : cut.values()[cut.size() - 1] - cut.values()[0];
    double distance = range > 0 ? Gap.wasserstein(cut) / range : 0;
    double sd = pooled.reference().populationSd();
    double whole = Gap.wasserstein(pooled);
    return comparison.score(distance).effect(sd > 0 ? whole / sd : whole).floor(0);
  }

  private static double[] within(double[] values, double trim) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = Quantiles.linear(sorted, trim);
    double high = Quantiles.linear(sorted, 1 - trim);
    return Arrays.stream(sorted).filter(value -> value >= low && value <= high).toArray();
  }
}

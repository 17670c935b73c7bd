package io.tocsin.drift;

import io.tocsin.drift.measure.Alternative;
import io.tocsin.drift.measure.AndersonDarling;
import io.tocsin.drift.measure.BaumgartnerWeissSchindler;
import io.tocsin.drift.measure.ChiSquare;
import io.tocsin.drift.measure.CramerVonMises;
import io.tocsin.drift.measure.EppsSingleton;
import io.tocsin.drift.measure.Gap;
import io.tocsin.drift.measure.Kuiper;
import io.tocsin.drift.measure.MannWhitney;
import io.tocsin.drift.measure.MaximumMeanDiscrepancy;
import io.tocsin.drift.measure.Normal;
import io.tocsin.drift.measure.Pooled;
import io.tocsin.drift.measure.StudentT;
import io.tocsin.drift.measure.Tested;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Tests of two samples of numbers by their order, as {@link DriftTest} offers them. Where a
 * statistic grows with the number of rows, the effect is Kolmogorov-Smirnov's distance instead.
 */
final class Ordered {

  static final Parameter ALTERNATIVE =
      Parameter.choice(
          "alternative",
          Alternative.TWO_SIDED,
          "What is looked for, said of the reference: any difference, smaller, or larger.");
  static final List<Parameter> MANN_WHITNEY =
      List.of(
          ALTERNATIVE,
          Parameter.choice("p_value", MannWhitney.Method.AUTO, "How the p-value is computed."),
          Parameter.flag("continuity", true, "Correct the normal approximation for continuity."));
  static final List<Parameter> T =
      List.of(
          ALTERNATIVE,
          Parameter.choice(
              "form",
              List.of("welch", "student"),
              "welch",
              "Variances of their own, or one for both sides."));
  static final List<Parameter> CRAMER_VON_MISES =
      List.of(
          Parameter.choice("p_value", CramerVonMises.Method.AUTO, "How the p-value is computed."));
  static final List<Parameter> MMD =
      List.of(
          Parameter.real(
              "sigma", 0, 1e12, 0, "Width of the kernel; 0 takes it from the median distance."),
          Parameter.whole("permutations", 0, 2000, 100, "How many to draw for the p-value."));

  private Ordered() {}

  static DriftResult kuiper(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    Tested tested = Kuiper.test(pooled);
    double floor = critical(v -> Kuiper.p(v, pooled.n(), pooled.m()), 2, comparison);
    return comparison.score(tested.statistic()).p(tested.p()).floor(floor);
  }

  static DriftResult mannWhitney(Comparison comparison) {
    Options options = comparison.options();
    Tested tested =
        MannWhitney.test(
            comparison.pooled(),
            options.choice("alternative", Alternative.class),
            options.choice("p_value", MannWhitney.Method.class),
            options.flag("continuity"));
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(tested.effect())
        .significant(comparison.significance());
  }

  static DriftResult t(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    if (pooled.n() < 2 || pooled.m() < 2) {
      return new DriftResult.Unsuitable("a t-test needs two rows a side");
    }
    Options options = comparison.options();
    Tested tested =
        StudentT.test(
            pooled.reference(),
            pooled.current(),
            options.text("form").equals("student"),
            options.choice("alternative", Alternative.class));
    if (Double.isNaN(tested.statistic())) {
      return comparison
          .score(0)
          .p(1)
          .floor(0)
          .note("both sides are the same constant: t is not defined and taken as 0");
    }
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(tested.effect())
        .significant(comparison.significance());
  }

  static DriftResult andersonDarling(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    Tested tested = AndersonDarling.test(pooled);
    double floor = comparison.significance() == 0 ? 0 : AndersonDarling.criticalAtThousandth();
    // The statistic may be negative; only its upper tail speaks of drift.
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(tested.statistic() > 0 ? Gap.extremes(pooled).widest() : 0)
        .floor(floor);
  }

  static DriftResult cramerVonMises(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    if (pooled.n() < 2 || pooled.m() < 2) {
      return new DriftResult.Unsuitable("Cramer-von Mises needs two rows a side");
    }
    Tested tested =
        CramerVonMises.test(
            pooled, comparison.options().choice("p_value", CramerVonMises.Method.class));
    double floor =
        critical(t -> CramerVonMises.asymptotic(t, pooled.n(), pooled.m()), 20, comparison);
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(Gap.extremes(pooled).widest())
        .floor(floor);
  }

  static DriftResult eppsSingleton(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    Tested tested = EppsSingleton.test(pooled);
    double floor =
        comparison.significance() == 0 ? 0 : ChiSquare.critical(5, comparison.significance());
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(Gap.extremes(pooled).widest())
        .floor(floor);
  }

  /**
   * The effect is the square root of the energy coefficient, E^2 / 2E|X-Y|. The floor is that of a
   * quadratic form of Gaussians with this mean: E^2 passes z^2 (1/n + 1/m) E|Z-Z'| with at most the
   * guard's probability.
   *
   * <p>Source: G. Szekely and N. Bakirov, Extremal probabilities for Gaussian quadratic forms,
   * Probability Theory and Related Fields 126, 2003.
   */
  static DriftResult energy(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    double distance = Gap.energy(pooled);
    double floor = 0;
    if (comparison.significance() > 0) {
      double z = Normal.critical(comparison.significance() / 2);
      floor = z * Math.sqrt(comparison.noise() * Gap.meanDistance(pooled));
    }
    double across = across(pooled, distance);
    double effect = across > 0 ? Math.sqrt(distance * distance / (2 * across)) : 0;
    return comparison.score(distance).effect(Math.min(1, effect)).floor(floor);
  }

  /** E|X-Y|, from the energy and the mean distances within either side. */
  private static double across(Pooled pooled, double energy) {
    var nobody = new long[pooled.size()];
    var first = new Pooled(pooled.values(), pooled.first(), nobody, pooled.n(), 0);
    var second = new Pooled(pooled.values(), nobody, pooled.second(), 0, pooled.m());
    return (energy * energy + Gap.meanDistance(first) + Gap.meanDistance(second)) / 2;
  }

  static DriftResult baumgartnerWeissSchindler(Comparison comparison) {
    Pooled pooled = comparison.pooled();
    Tested tested = BaumgartnerWeissSchindler.test(pooled);
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(Gap.extremes(pooled).widest())
        .significant(comparison.significance());
  }

  static DriftResult maximumMeanDiscrepancy(Comparison comparison) {
    Comparison.Raw raw =
        comparison
            .raw()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "maximum mean discrepancy needs the raw numbers of both sides"));
    Options options = comparison.options();
    Tested tested =
        MaximumMeanDiscrepancy.test(
            raw.reference(), raw.current(), options.real("sigma"), options.whole("permutations"));
    return comparison
        .score(tested.statistic())
        .p(tested.p())
        .effect(Math.sqrt(Math.max(0, tested.statistic())))
        .significant(comparison.significance());
  }

  /** The statistic whose p-value is the guard's significance, by bisection up to a bound. */
  private static double critical(DoubleUnaryOperator p, double most, Comparison comparison) {
    if (comparison.significance() == 0) {
      return 0;
    }
    double low = 0;
    double high = most;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (p.applyAsDouble(middle) > comparison.significance()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}

package io.tocsin.drift;

import io.tocsin.drift.measure.ChiSquare;
import io.tocsin.drift.measure.Divergence;
import io.tocsin.drift.measure.Normal;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Distances between shares per bin. Without drift the stability index divided by (1/n + 1/m)
 * follows chi-square with one degree of freedom less than there are bins; for small differences the
 * other distances are functions of it, and so are their floors: KL = PSI / 2, Hellinger^2 = PSI /
 * 8, JS^2 = PSI / 8 nats, TVD <= sqrt(PSI) / 2.
 *
 * <p>Source: B. Yurdakul and J. Naranjo, Statistical properties of the population stability index,
 * Journal of Risk Model Validation, 2020.
 */
final class Binned {

  private static final Parameter VARIANT =
      Parameter.choice("variant", Variant.CANONICAL, "Whose set-up the other defaults are.");
  private static final Parameter BASE =
      Parameter.choice("base", List.of("2", "e"), "2", "Base of the logarithm.");
  private static final Parameter NATURAL =
      Parameter.choice("base", List.of("e", "2"), "e", "Base of the logarithm.");
  private static final Parameter NORMALISE =
      Parameter.flag("normalise", false, "Shares are made to sum to 1 after filling zeros.");
  private static final Parameter DIRECTION =
      Parameter.choice(
          "direction",
          List.of("reference_current", "current_reference"),
          "reference_current",
          "Which distribution the divergence starts from.");
  private static final List<Parameter> SHARED =
      List.of(
          VARIANT,
          Shares.BINS,
          Shares.BIN_COUNT,
          Shares.BINS_OVER,
          Shares.OUTSIDE,
          Shares.WHOLE,
          Shares.RARE,
          Shares.ZEROS,
          Shares.FLOOR);

  private Binned() {}

  /** Parameters of a distance that needs no floor under its shares. */
  static List<Parameter> parameters(Parameter... more) {
    Stream<Parameter> shared =
        SHARED.stream()
            .map(
                parameter ->
                    parameter.name().equals("zeros")
                        ? new Parameter("zeros", parameter.kind(), "none", parameter.meaning())
                        : parameter);
    return Stream.concat(shared, Arrays.stream(more)).toList();
  }

  /** Parameters of a distance that a zero share would make infinite. */
  static List<Parameter> flooredParameters(Parameter... more) {
    return Stream.concat(SHARED.stream(), Arrays.stream(more)).toList();
  }

  static List<Parameter> jensenShannonParameters() {
    return parameters(BASE);
  }

  static List<Parameter> kullbackLeiblerParameters() {
    return flooredParameters(NATURAL, NORMALISE, DIRECTION);
  }

  private static Comparison preset(DriftTest test, Comparison comparison) {
    Variant variant = comparison.options().choice("variant", Variant.class);
    Options preset = comparison.options().preset(variant.presets(test, comparison));
    return new Comparison(comparison.reference(), comparison.window(), comparison.guard(), preset);
  }

  static DriftResult psi(Comparison comparison) {
    Shares shares = Shares.of(preset(DriftTest.PSI, comparison));
    double index = Divergence.populationStability(shares.reference(), shares.current());
    return score(comparison, shares, index, noise(comparison, shares));
  }

  static DriftResult jensenShannon(Comparison comparison) {
    Comparison set = preset(DriftTest.JENSEN_SHANNON, comparison);
    Shares shares = Shares.of(set);
    double base = set.options().text("base").equals("2") ? 2 : Math.E;
    double distance = Divergence.jensenShannon(shares.reference(), shares.current(), base);
    double floor = Math.sqrt(noise(comparison, shares) / (8 * Math.log(base)));
    return score(comparison, shares, distance, floor);
  }

  static DriftResult kullbackLeibler(Comparison comparison) {
    Comparison set = preset(DriftTest.KULLBACK_LEIBLER, comparison);
    Shares shares = Shares.of(set);
    boolean forward = forward(set);
    double[] p = forward ? shares.reference() : shares.current();
    double[] q = forward ? shares.current() : shares.reference();
    if (set.options().flag("normalise")) {
      p = normalised(p);
      q = normalised(q);
    }
    double scale = set.options().text("base").equals("2") ? Math.log(2) : 1;
    double divergence = Divergence.kullbackLeibler(p, q) / scale;
    return score(comparison, shares, divergence, noise(comparison, shares) / 2 / scale);
  }

  private static boolean forward(Comparison set) {
    boolean frouros =
        set.options().choice("variant", Variant.class) == Variant.FROUROS
            && !set.options().has("direction");
    return !frouros && set.options().text("direction").equals("reference_current");
  }

  static DriftResult hellinger(Comparison comparison) {
    Shares shares = Shares.of(preset(DriftTest.HELLINGER, comparison));
    double distance = Divergence.hellinger(shares.reference(), shares.current());
    return score(comparison, shares, distance, Math.sqrt(noise(comparison, shares) / 8));
  }

  static DriftResult bhattacharyya(Comparison comparison) {
    Shares shares = Shares.of(preset(DriftTest.BHATTACHARYYA, comparison));
    double distance = Divergence.bhattacharyya(shares.reference(), shares.current());
    return score(comparison, shares, distance, noise(comparison, shares) / 8);
  }

  static DriftResult totalVariation(Comparison comparison) {
    Shares shares = Shares.of(preset(DriftTest.TOTAL_VARIATION, comparison));
    double distance = Divergence.totalVariation(shares.reference(), shares.current());
    return score(comparison, shares, distance, Math.sqrt(noise(comparison, shares)) / 2);
  }

  static DriftResult largest(Comparison comparison) {
    Shares shares = Shares.of(preset(DriftTest.L_INFINITY, comparison));
    double distance = Divergence.largest(shares.reference(), shares.current());
    return score(comparison, shares, distance, largestNoise(comparison, shares));
  }

  /** The widest of the bins' normal bounds, with Bonferroni's correction for looking at all. */
  private static double largestNoise(Comparison comparison, Shares shares) {
    if (comparison.significance() == 0) {
      return 0;
    }
    int bins = shares.reference().length;
    double z = Normal.critical(comparison.significance() / 2 / bins);
    double widest = 0;
    double n = comparison.n();
    double m = comparison.m();
    for (int i = 0; i < bins; i++) {
      double both = (shares.reference()[i] * n + shares.current()[i] * m) / (n + m);
      widest = Math.max(widest, Math.sqrt(Math.max(0, both * (1 - both)) * comparison.noise()));
    }
    return z * widest;
  }

  /** The stability index that sampling alone reaches with the guard's probability. */
  private static double noise(Comparison comparison, Shares shares) {
    return psiFloor(
        comparison.n(), comparison.m(), shares.reference().length, comparison.significance());
  }

  /** chi-square's quantile for the bins, times 1/n + 1/m. */
  static double psiFloor(long n, long m, int bins, double significance) {
    return significance == 0 ? 0 : ChiSquare.critical(bins, significance) * (1.0 / n + 1.0 / m);
  }

  private static DriftScore score(
      Comparison comparison, Shares shares, double distance, double floor) {
    return DriftScore.of(distance, comparison.n(), comparison.m())
        .bins(shares.reference().length, 0)
        .floor(floor);
  }

  private static double[] normalised(double[] shares) {
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }
}

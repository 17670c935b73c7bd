package io.tocsin.drift;

import io.tocsin.drift.option.BadOption;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways to measure how far a current window has moved from its reference. The thresholds of the
 * effect say the same thing for every test: about what a normal distribution shifted by 0.3 and
 * 0.45 standard deviations makes of it.
 */
public enum DriftTest {
  /** Population stability index: sum of (p - q) ln(p / q) over bins. */
  PSI(On.BOTH, 0.1, 0.2, Binned::psi, Binned.flooredParameters()),
  /** Jensen-Shannon distance, base 2. */
  JENSEN_SHANNON(
      On.BOTH, 0.13, 0.19, Binned::jensenShannon, Binned.jensenShannonParameters(), "js"),
  /** Kullback-Leibler divergence of the current window from the reference, in nats. */
  KULLBACK_LEIBLER(
      On.BOTH, 0.05, 0.1, Binned::kullbackLeibler, Binned.kullbackLeiblerParameters(), "kl"),
  /** Hellinger distance sqrt(1 - sum sqrt(p q)). */
  HELLINGER(On.BOTH, 0.11, 0.16, Binned::hellinger, Binned.parameters()),
  /** Bhattacharyya distance -ln(sum sqrt(p q)). */
  BHATTACHARYYA(On.BOTH, 0.0125, 0.025, Binned::bhattacharyya, Binned.parameters()),
  /** Total variation distance, half the sum of |p - q|. */
  TOTAL_VARIATION(On.BOTH, 0.12, 0.18, Binned::totalVariation, Binned.parameters(), "tvd"),
  /** The largest |p - q| of any bin. */
  L_INFINITY(On.BOTH, 0.1, 0.2, Binned::largest, Binned.parameters()),
  /** Two-sample Kolmogorov-Smirnov: the largest gap between the distribution functions. */
  KOLMOGOROV_SMIRNOV(
      On.NUMBERS, 0.12, 0.18, KolmogorovSmirnov::compare, KolmogorovSmirnov.PARAMETERS, "ks"),
  /** Kuiper's test: the largest gaps in both directions together. */
  KUIPER(On.NUMBERS, 0.12, 0.18, Ordered::kuiper, List.of()),
  /** First Wasserstein distance over the reference's standard deviation. */
  WASSERSTEIN(On.NUMBERS, 0.3, 0.5, Transport::compare, Transport.PARAMETERS),
  /** Energy distance. */
  ENERGY_DISTANCE(On.NUMBERS, 0.15, 0.22, Ordered::energy, List.of(), "energy"),
  /** Cramer-von Mises, two samples. */
  CRAMER_VON_MISES(
      On.NUMBERS, 0.12, 0.18, Ordered::cramerVonMises, Ordered.CRAMER_VON_MISES, "cvm"),
  /** Anderson-Darling, two samples, midrank. */
  ANDERSON_DARLING(On.NUMBERS, 0.12, 0.18, Ordered::andersonDarling, List.of(), "ad"),
  /** Epps-Singleton on characteristic functions. */
  EPPS_SINGLETON(On.NUMBERS, 0.12, 0.18, Ordered::eppsSingleton, List.of()),
  /** Baumgartner-Weiss-Schindler rank test. */
  BAUMGARTNER_WEISS_SCHINDLER(
      On.NUMBERS, 0.12, 0.18, Ordered::baumgartnerWeissSchindler, List.of(), "bws"),
  /** Mann-Whitney U. */
  MANN_WHITNEY(On.NUMBERS, 0.17, 0.25, Ordered::mannWhitney, Ordered.MANN_WHITNEY),
  /** Difference of means: Welch's t, or Student's. */
  T_TEST(On.NUMBERS, 0.3, 0.5, Ordered::t, Ordered.T),
  /** Maximum mean discrepancy with a Gaussian kernel. */
  MAXIMUM_MEAN_DISCREPANCY(
      On.NUMBERS, 0.125, 0.19, Ordered::maximumMeanDiscrepancy, Ordered.MMD, "mmd"),
  /** Pearson's chi-square. */
  CHI_SQUARE(On.BOTH, 0.1, 0.2, Categorical::chiSquare, Categorical.CHI_SQUARE, "chi2"),
  /** Likelihood-ratio G. */
  G_TEST(On.BOTH, 0.1, 0.2, Categorical::likelihood, Categorical.CHI_SQUARE, "g"),
  /** Cramer's V, bias-corrected. */
  CRAMERS_V(On.BOTH, 0.1, 0.2, Categorical::cramersV, Categorical.CRAMERS_V),
  /** Fisher's exact test of one share. */
  FISHER_EXACT(On.BOTH, 0.05, 0.1, Categorical::fisher, Categorical.TWO_SHARES, "fisher"),
  /** z of two proportions. */
  Z_PROPORTIONS(On.BOTH, 0.05, 0.1, Categorical::proportions, Categorical.TWO_SHARES, "z");

  /** What kind of values a test takes. */
  public enum On {
    /** Numbers only. */
    NUMBERS,
    /** Numbers and categories. */
    BOTH
  }

  private interface Measure {
    DriftResult compare(Comparison comparison);
  }

  private final On on;
  private final double warning;
  private final double critical;
  private final Measure measure;
  private final List<Parameter> parameters;
  private final List<String> aliases;

  DriftTest(
      On on,
      double warning,
      double critical,
      Measure measure,
      List<Parameter> parameters,
      String... aliases) {
    this.on = on;
    this.warning = warning;
    this.critical = critical;
    this.measure = measure;
    this.parameters = parameters;
    this.aliases = List.of(aliases);
  }

  /** The name in rule files and labels: {@code psi}, {@code kolmogorov_smirnov}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Shorter names that are understood, too. */
  public List<String> aliases() {
    return aliases;
  }

  /** The test with this id or alias. */
  public static Optional<DriftTest> named(String name) {
    return Arrays.stream(values())
        .filter(test -> test.id().equals(name) || test.aliases.contains(name))
        .findFirst();
  }

  public On on() {
    return on;
  }

  /** The parameters it takes. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The effect worth a warning. */
  public double warning() {
    return warning;
  }

  /** The effect worth acting on. */
  public double critical() {
    return critical;
  }

  /**
   * Compares a window with its reference, every parameter at its default.
   *
   * @throws IllegalArgumentException when a window of bin counts was not counted in this
   *     reference's bins, or numbers meet categories
   */
  public DriftResult compare(Reference reference, Window window, Guard guard) {
    return compare(reference, window, guard, Options.defaults(parameters));
  }

  /**
   * Compares a window with its reference.
   *
   * @param options checked against {@link #parameters}
   * @throws IllegalArgumentException when a window of bin counts was not counted in this
   *     reference's bins, or numbers meet categories
   */
  public DriftResult compare(Reference reference, Window window, Guard guard, Options options) {
    long n = reference.rows();
    long m = window.rows();
    if (n == 0 || m == 0) {
      return new DriftResult.NoData(n, m);
    }
    if (n < guard.minReference() || m < guard.neededCurrent()) {
      return new DriftResult.TooFewSamples(n, m, guard.minReference(), guard.neededCurrent());
    }
    var comparison = new Comparison(reference, window, guard, options);
    comparison.checkKinds();
    if (on == On.NUMBERS && comparison.categorical()) {
      return new DriftResult.Unsuitable(id() + " needs an order, and categories have none");
    }
    try {
      return measure.compare(comparison);
    } catch (BadOption e) {
      throw e;
    } catch (IllegalArgumentException e) {
      return new DriftResult.Unsuitable(String.valueOf(e.getMessage()));
    }
  }
}

package io.tocsin.drift.measure;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's chi-square and the likelihood-ratio G on counts per category, as a contingency table of
 * two samples or as goodness of fit of the current counts to the reference's shares. The effect of
 * a table is Cramer's V of samples balanced in size, sqrt(statistic (1/n + 1/m)) / 2, that of
 * goodness of fit Cohen's w, sqrt(statistic / m).
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.chi2_contingency.html">scipy.stats.chi2_contingency</a>
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.power_divergence.html">scipy.stats.power_divergence</a>
 */
public final class ChiSquare {

  /** Which sum is taken. */
  public enum Sum {
    /** (observed - expected)^2 / expected. */
    PEARSON,
    /** 2 observed ln(observed / expected). */
    LIKELIHOOD
  }

  private ChiSquare() {}

  /**
   * Both samples' noise counts: the table of two rows; n - 1 degrees of freedom for n categories
   * that occur.
   *
   * @param correct Yates' continuity correction where there are two categories
   */
  public static Tested contingency(double[] first, double[] second, Sum sum, boolean correct) {
    double n = Arrays.stream(first).sum();
    double m = Arrays.stream(second).sum();
    long kept = 0;
    for (int i = 0; i < first.length; i++) {
      kept += first[i] + second[i] > 0 ? 1 : 0;
    }
    if (kept < 2) {
      return new Tested(0, 1, 0);
    }
    double statistic = 0;
    for (int i = 0; i < first.length; i++) {
      double total = first[i] + second[i];
      if (total > 0) {
        boolean yates = correct && kept == 2;
        statistic += cell(first[i], total * n / (n + m), sum, yates);
        statistic += cell(second[i], total * m / (n + m), sum, yates);
      }
    }
    return tested(statistic, kept - 1, 4 / (1 / n + 1 / m));
  }

  private static double cell(double observed, double expected, Sum sum, boolean yates) {
    double seen = observed;
    if (yates) {
      double gap = expected - observed;
      seen += Math.signum(gap) * Math.min(0.5, Math.abs(gap));
    }
    return term(seen, expected, sum);
  }

  private static double term(double observed, double expected, Sum sum) {
    return switch (sum) {
      case PEARSON ->
          expected == 0 && observed == 0
              ? 0
              : (observed - expected) * (observed - expected) / expected;
      case LIKELIHOOD -> observed == 0 ? 0 : 2 * (observed * Math.log(observed / expected));
    };
  }

  /**
   * The reference taken as the truth: expected = reference share times m. A category that the
   * reference lacks makes the statistic infinite.
   */
  public static Tested goodnessOfFit(double[] reference, double[] current, Sum sum) {
    double n = Arrays.stream(reference).sum();
    double m = Arrays.stream(current).sum();
    double statistic = 0;
    long kept = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] > 0 || current[i] > 0) {
        kept++;
        statistic += term(current[i], reference[i] * m / n, sum);
      }
    }
    return kept < 2 ? new Tested(0, 1, 0) : tested(statistic, kept - 1, m);
  }

  private static Tested tested(double statistic, double freedom, double rows) {
    double p =
        Double.isInfinite(statistic)
            ? 0
            : ChiSquaredDistribution.of(freedom).survivalProbability(Math.max(0, statistic));
    return new Tested(statistic, p, Math.sqrt(Math.max(0, statistic) / rows));
  }

  /** The statistic that no drift passes with this probability. */
  public static double critical(int categories, double significance) {
    return categories < 2
        ? 0
        : ChiSquaredDistribution.of(categories - 1).inverseSurvivalProbability(significance);
  }

  /**
   * Cramer's V with bias correction: phi2' = max(0, phi2 - (k-1)(r-1)/(N-1)), V = sqrt(phi2' /
   * min(k'-1, r'-1)) with k' = k - (k-1)^2/(N-1) and two samples r.
   *
   * <p>Source: W. Bergsma, A bias-correction for Cramer's V and Tschuprow's T, Journal of the
   * Korean Statistical Society 42, 2013.
   *
   * @param balance scale the larger sample down to the smaller first
   */
  public static double cramersV(double[] first, double[] second, boolean balance, boolean correct) {
    double n = Arrays.stream(first).sum();
    double m = Arrays.stream(second).sum();
    double target = balance ? Math.min(n, m) : 0;
    double[] a = balance ? scaled(first, target / n) : first;
    double[] b = balance ? scaled(second, target / m) : second;
    double rows = Arrays.stream(a).sum() + Arrays.stream(b).sum();
    long k = 0;
    for (int i = 0; i < a.length; i++) {
      k += a[i] + b[i] > 0 ? 1 : 0;
    }
    if (k < 2) {
      return 0;
    }
    double phi = contingency(a, b, Sum.PEARSON, correct).statistic() / rows;
    double corrected = Math.max(0, phi - (k - 1) / (rows - 1));
    double columns = k - (k - 1.0) * (k - 1) / (rows - 1);
    double samples = 2 - 1 / (rows - 1);
    double least = Math.min(columns - 1, samples - 1);
    return least <= 0 ? 0 : Math.sqrt(corrected / least);
  }

  private static double[] scaled(double[] counts, double factor) {
    return Arrays.stream(counts).map(count -> count * factor).toArray();
  }
}

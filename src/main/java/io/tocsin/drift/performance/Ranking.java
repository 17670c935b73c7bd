package io.tocsin.drift.performance;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How well scores of two classes separate and foretell them.
 *
 * @param rows scored rows
 * @param positives rows of the positive class
 * @param rocAuc probability that a positive row scores higher than a negative one, ties counting
 *     half; with DeLong's interval; NaN with one class only
 * @param averagePrecision area under precision over recall, by steps
 * @param logLoss mean -ln of the probability given to what happened
 * @param brier mean squared distance of probability and outcome
 * @param calibrationError expected calibration error in ten bins of equal width
 */
public record Ranking(
    long rows,
    long positives,
    Estimate rocAuc,
    double averagePrecision,
    Estimate logLoss,
    Estimate brier,
    double calibrationError) {

  /** Probabilities are kept this far from 0 and 1 in the logarithm. */
  private static final double LEAST = 1e-15;

  /**
   * Judges probabilities of the positive class.
   *
   * @throws IllegalArgumentException for arrays of different lengths, or a score outside [0, 1]
   */
  public static Ranking of(boolean[] actual, double[] probability) {
    if (actual.length != probability.length) {
      throw new IllegalArgumentException(
          "%d actual classes, but %d scores".formatted(actual.length, probability.length));
    }
    var losses = new double[actual.length];
    var squares = new double[actual.length];
    long positives = 0;
    for (int i = 0; i < actual.length; i++) {
      double p = probability[i];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "scores[%d]: found %s, expected a probability from 0 to 1".formatted(i, p));
      }
      double kept = Math.clamp(p, LEAST, 1 - LEAST);
      positives += actual[i] ? 1 : 0;
      losses[i] = -Math.log(actual[i] ? kept : 1 - kept);
      double gap = p - (actual[i] ? 1 : 0);
      squares[i] = gap * gap;
    }
    return new Ranking(
        actual.length,
        positives,
        rocAuc(actual, probability),
        averagePrecision(actual, probability),
        mean(losses, Double.POSITIVE_INFINITY),
        mean(squares, 1),
        Calibration.equalWidth(actual, probability, 10).error());
  }

  private static Estimate mean(double[] values, double most) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    return Estimate.normal(mean, SamplingError.ofMean(values), 0, most);
  }

  /**
   * ROC-AUC with its standard error from the placements of either class.
   *
   * <p>Source: E. DeLong, D. DeLong and D. Clarke-Pearson, Comparing the areas under two or more
   * correlated receiver operating characteristic curves, Biometrics 44, 1988.
   */
  static Estimate rocAuc(boolean[] actual, double[] score) {
    Integer[] order = ascending(score);
    double positives = 0;
    for (boolean one : actual) {
      positives += one ? 1 : 0;
    }
    double negatives = actual.length - positives;
    if (positives == 0 || negatives == 0) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN);
    }
    double below = 0;
    double belowToo = 0;
    double area = 0;
    double squaresOfPositives = 0;
    double squaresOfNegatives = 0;
    for (int i = 0; i < order.length; ) {
      int from = i;
      double tied = 0;
      while (i < order.length && score[order[i]] == score[order[from]]) {
        tied += actual[order[i++]] ? 1 : 0;
      }
      double tiedToo = i - from - tied;
      double placement = (belowToo + tiedToo / 2) / negatives;
      double placementToo = (positives - below - tied / 2) / positives;
      area += tied * placement;
      squaresOfPositives += tied * placement * placement;
      squaresOfNegatives += tiedToo * placementToo * placementToo;
      below += tied;
      belowToo += tiedToo;
    }
    double auc = area / positives;
    double variance =
        variance(squaresOfPositives, positives, auc) / positives
            + variance(squaresOfNegatives, negatives, auc) / negatives;
    return Estimate.normal(auc, Math.sqrt(variance), 0, 1);
  }

  private static double variance(double squares, double n, double mean) {
    return n < 2 ? 0 : Math.max(0, (squares - n * mean * mean) / (n - 1));
  }

  static double averagePrecision(boolean[] actual, double[] score) {
    Integer[] order = ascending(score);
    double hits = 0;
    double seen = 0;
    double sum = 0;
    for (int i = order.length - 1; i >= 0; ) {
      int from = i;
      double tied = 0;
      while (i >= 0 && score[order[i]] == score[order[from]]) {
        tied += actual[order[i--]] ? 1 : 0;
      }
      hits += tied;
      seen += from - i;
      sum += tied * hits / seen;
    }
    return hits == 0 ? Double.NaN : sum / hits;
  }

  private static Integer[] ascending(double[] score) {
    var order = new Integer[score.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> score[i]));
    return order;
  }
}

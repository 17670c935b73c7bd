package io.tocsin.drift.performance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Performance while labels are late, estimated from calibrated probabilities alone (CBPE): a row
 * called positive with probability p counts as p true and 1 - p false positives. It holds only
 * while the same features mean the same outcomes: it cannot see concept drift.
 *
 * <p>Source: J. Bialek, W. Kuberski, N. Perrakis and A. Bifet, Estimating model performance under
 * covariate shift without labels, arXiv 2401.08348.
 *
 * @param truePositives expected number
 * @param falsePositives expected number
 * @param trueNegatives expected number
 * @param falseNegatives expected number
 * @param rocAuc expected area under the ROC curve; NaN when one class is not expected at all
 * @param averagePrecision expected average precision
 */
public record EstimatedPerformance(
    double truePositives,
    double falsePositives,
    double trueNegatives,
    double falseNegatives,
    double rocAuc,
    double averagePrecision) {

  /** A model this good needs no calibration: rank and outcome agree. */
  private static final double PERFECT = 0.999;

  /**
   * Estimates from rows.
   *
   * @param probability calibrated probability of the positive class
   * @param score what the model said, which orders the rows
   * @param called whether the model called the row positive
   * @throws IllegalArgumentException for arrays of different lengths
   */
  public static EstimatedPerformance of(double[] probability, double[] score, boolean[] called) {
    if (probability.length != score.length || score.length != called.length) {
      throw new IllegalArgumentException(
          "%d probabilities, %d scores and %d classes; all need the same rows"
              .formatted(probability.length, score.length, called.length));
    }
    double hits = 0;
    double alarms = 0;
    double misses = 0;
    double rests = 0;
    for (int i = 0; i < called.length; i++) {
      if (called[i]) {
        hits += probability[i];
        alarms += 1 - probability[i];
      } else {
        misses += probability[i];
        rests += 1 - probability[i];
      }
    }
    double[] areas = areas(probability, score);
    return new EstimatedPerformance(hits, alarms, rests, misses, areas[0], areas[1]);
  }

  private static double[] areas(double[] probability, double[] score) {
    Integer[] order = Calibration.ascending(score);
    double positives = Arrays.stream(probability).sum();
    double negatives = probability.length - positives;
    double hits = 0;
    double alarms = 0;
    double roc = 0;
    double precision = 0;
    for (int i = order.length - 1; i >= 0; ) {
      int from = i;
      double more = 0;
      while (i >= 0 && score[order[i]] == score[order[from]]) {
        more += probability[order[i--]];
      }
      double moreAlarms = from - i - more;
      roc += moreAlarms * (hits + more / 2);
      hits += more;
      alarms += moreAlarms;
      precision += more * hits / (hits + alarms);
    }
    return new double[] {
      positives > 0 && negatives > 0 ? roc / (positives * negatives) : Double.NaN,
      positives > 0 ? precision / positives : Double.NaN
    };
  }

  /**
   * The calibration of a reference with labels: isotonic where that lowers the expected calibration
   * error on rows it was not fitted to, else none. Ten folds take every tenth row in turn.
   */
  public static DoubleUnaryOperator calibration(double[] score, boolean[] outcome) {
    if (Ranking.rocAuc(outcome, score).value() > PERFECT || score.length < 20) {
      return DoubleUnaryOperator.identity();
    }
    double before = 0;
    double after = 0;
    for (int fold = 0; fold < 10; fold++) {
      Fold test = Fold.of(score, outcome, fold, true);
      Fold train = Fold.of(score, outcome, fold, false);
      var fitted = IsotonicRegression.fit(train.score(), train.outcome());
      double[] calibrated = Arrays.stream(test.score()).map(fitted::apply).toArray();
      before += Calibration.equalCount(test.outcome(), test.score(), 10).error();
      after += Calibration.equalCount(test.outcome(), calibrated, 10).error();
    }
    return after < before
        ? IsotonicRegression.fit(score, outcome)::apply
        : DoubleUnaryOperator.identity();
  }

  private record Fold(double[] score, boolean[] outcome) {
    static Fold of(double[] score, boolean[] outcome, int fold, boolean inside) {
      var scores = new double[score.length];
      var outcomes = new boolean[score.length];
      int size = 0;
      for (int i = 0; i < score.length; i++) {
        if ((i % 10 == fold) == inside) {
          scores[size] = score[i];
          outcomes[size++] = outcome[i];
        }
      }
      return new Fold(Arrays.copyOf(scores, size), Arrays.copyOf(outcomes, size));
    }
  }

  private double rows() {
    return truePositives + falsePositives + trueNegatives + falseNegatives;
  }

  /** Expected share of right classes. */
  public double accuracy() {
    return (truePositives + trueNegatives) / rows();
  }

  /** Expected share of rows called positive that are. */
  public double precision() {
    return truePositives / (truePositives + falsePositives);
  }

  /** Expected share of positive rows that are called so. */
  public double recall() {
    return truePositives / (truePositives + falseNegatives);
  }

  /** Expected share of negative rows that are called so. */
  public double specificity() {
    return trueNegatives / (trueNegatives + falsePositives);
  }

  /** Harmonic mean of precision and recall, from the expected counts. */
  public double f1() {
    return 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
  }
}

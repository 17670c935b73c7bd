package io.tocsin.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How the predictions of a stretch turned out, by when they were made: sums from which every
 * measure follows.
 *
 * @param predictions rows predicted
 * @param joinable of those, rows with an id that are in the sample a truth is waited for
 * @param judged of those, rows whose truth is known
 * @param right of those, rows whose answer equals the truth
 * @param delaySeconds truth's arrival minus the prediction's time, summed
 * @param confusion rows by truth, then by answer; at most 64 classes are told apart; empty for
 *     answers that are not whole numbers
 * @param numbers what is known of numeric answers
 * @param calibration rows by confidence, {@link OutcomeTally#CONFIDENCES} classes of equal width
 * @param scores rows by score of the positive class
 */
public record Judged(
    long predictions,
    long joinable,
    long judged,
    long right,
    double delaySeconds,
    Map<String, Map<String, Long>> confusion,
    Numbers numbers,
    List<Calibrated> calibration,
    Scores scores) {

  /**
   * Errors of numeric answers, answer minus truth.
   *
   * @param count rows
   * @param errors sum of errors
   * @param absolute sum of their sizes
   * @param squared sum of their squares
   * @param spread sum of squared distances of the truths from their mean
   * @param truths sum of the truths, from a point that is the same for all of a model
   */
  public record Numbers(
      long count, double errors, double absolute, double squared, double spread, double truths) {

    /** Root of the mean squared error. */
    public OptionalDouble rootMeanSquaredError() {
      return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squared / count));
    }

    /** 1 - squared / spread; empty where the truths do not differ. */
    public OptionalDouble r2() {
      return spread > 0 ? OptionalDouble.of(1 - squared / spread) : OptionalDouble.empty();
    }
  }

  /**
   * Judged rows of one class of confidence.
   *
   * @param low lower edge of the class, ratio 0-1
   * @param right rows whose answer was right
   * @param confidence sum of the rows' confidence
   */
  public record Calibrated(double low, long rows, long right, double confidence) {}

  /**
   * Judged rows by score of the positive class, {@link OutcomeTally#SCORES} classes of equal width.
   *
   * @param brier sum of (score - truth) squared
   * @param logLoss sum of -ln of what was given to the truth, in nats
   */
  public record Scores(List<Long> positives, List<Long> negatives, double brier, double logLoss) {

    /** Rows. */
    public long count() {
      return positives.stream().mapToLong(Long::longValue).sum()
          + negatives.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Area under the ROC curve by the Mann-Whitney form, scores of one class of width 1/100 counted
     * as ties; empty without both kinds.
     */
    public OptionalDouble area() {
      double above = 0;
      long below = 0;
      long all = 0;
      for (int i = 0; i < positives.size(); i++) {
        above += positives.get(i) * (below + negatives.get(i) / 2.0);
        below += negatives.get(i);
        all += positives.get(i);
      }
      return all == 0 || below == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(above / all / below);
    }
  }

  public Judged {
    confusion = Map.copyOf(confusion);
    calibration = List.copyOf(calibration);
  }

  /** Share of right answers, ratio 0-1; empty without judged rows. */
  public OptionalDouble accuracy() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / judged);
  }

  /** Mean time until the truth came, seconds. */
  public OptionalDouble delayMeanSeconds() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of(delaySeconds / judged);
  }

  /** Share of the joinable rows whose truth is known, ratio 0-1. */
  public OptionalDouble labelledRatio() {
    return joinable == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) judged / joinable);
  }

  static Judged of(List<OutcomeTally> tallies, ClassNames names) {
    var sum = new OutcomeTally();
    tallies.forEach(sum::merge);
    var confusion = new TreeMap<String, Map<String, Long>>();
    sum.confusion.forEach(
        (key, rows) ->
            confusion
                .computeIfAbsent(names.name(key >>> 16), absent -> new TreeMap<>())
                .merge(names.name(key & 0xffff), rows, Long::sum));
    double spread =
        sum.numbers == 0
            ? 0
            : Math.max(0, sum.actualSquares - sum.actuals * sum.actuals / sum.numbers);
    var calibration = new ArrayList<Calibrated>();
    for (int i = 0; i < sum.confidenceRows.length; i++) {
      calibration.add(
          new Calibrated(
              (double) i / OutcomeTally.CONFIDENCES,
              sum.confidenceRows[i],
              sum.confidenceRight[i],
              sum.confidenceSums[i]));
    }
    return new Judged(
        sum.predictions,
        sum.joinable,
        sum.judged,
        sum.right,
        sum.delayMillis / 1000,
        confusion,
        new Numbers(sum.numbers, sum.errors, sum.absolute, sum.squared, spread, sum.actuals),
        calibration,
        new Scores(list(sum.positives), list(sum.negatives), sum.brier, sum.logLoss));
  }

  private static List<Long> list(long[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}

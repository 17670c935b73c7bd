package io.tocsin.drift.adhoc;

import io.tocsin.drift.performance.AccuracyDrop;
import io.tocsin.drift.performance.Calibration;
import io.tocsin.drift.performance.Classification;
import io.tocsin.drift.performance.EstimatedPerformance;
import io.tocsin.drift.performance.Ranking;
import io.tocsin.drift.performance.Regression;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Judge a model's answers.
 *
 * @param task what kind of answers they are
 * @param actual what was true, empty when it is not known yet
 * @param predicted what the model said
 * @param scores probability of the positive class, empty when there are none
 * @param positive the positive class; else the last by name
 * @param baseline accuracy to compare with
 */
public record Perform(
    Task task,
    Rows actual,
    Rows predicted,
    double[] scores,
    Optional<String> positive,
    Optional<Baseline> baseline) {

  /** What kind of answers are judged. */
  public enum Task {
    CLASSIFICATION,
    REGRESSION,
    /** Classes without truth: the performance is estimated from the scores. */
    ESTIMATED
  }

  /** Right answers among all of an earlier time. */
  public record Baseline(long right, long rows) {}

  /** The metrics that fit the task. */
  public record Answer(
      String task,
      long n,
      Optional<Classification> classification,
      Optional<Ranking> ranking,
      Optional<Calibration> calibration,
      Optional<Regression> regression,
      Optional<Estimated> estimated,
      Optional<AccuracyDrop> drop) {}

  /** Expected performance; "estimated" because no truth was seen. */
  public record Estimated(
      double accuracy,
      double precision,
      double recall,
      double specificity,
      double f1,
      double rocAuc,
      double averagePrecision,
      EstimatedPerformance expected) {
    static Estimated of(EstimatedPerformance expected) {
      return new Estimated(
          expected.accuracy(),
          expected.precision(),
          expected.recall(),
          expected.specificity(),
          expected.f1(),
          expected.rocAuc(),
          expected.averagePrecision(),
          expected);
    }
  }

  /**
   * Judges.
   *
   * @throws IllegalArgumentException when rows do not pair or a value does not fit
   */
  public Answer run() {
    return switch (task) {
      case CLASSIFICATION -> classification();
      case REGRESSION -> regression();
      case ESTIMATED -> estimated();
    };
  }

  private Answer classification() {
    List<String> truth = actual.names();
    Classification classes = Classification.of(truth, predicted.names());
    if (classes.rows() == 0) {
      throw new BadInput("actual: found no rows, expected at least one");
    }
    Optional<boolean[]> outcome =
        scores.length == 0 ? Optional.empty() : Optional.of(outcome(truth, classes.labels()));
    Optional<AccuracyDrop> drop =
        baseline.map(
            before -> {
              long right = Math.round(classes.accuracy().value() * classes.rows());
              return AccuracyDrop.of(before.right(), before.rows(), right, classes.rows());
            });
    return new Answer(
        "classification",
        classes.rows(),
        Optional.of(classes),
        outcome.map(happened -> Ranking.of(happened, scores)),
        outcome.map(happened -> Calibration.equalWidth(happened, scores, 10)),
        Optional.empty(),
        Optional.empty(),
        drop);
  }

  private boolean[] outcome(List<String> truth, List<String> labels) {
    String counted = positive.orElse(new TreeSet<>(labels).last());
    if (positive.isEmpty() && labels.size() > 2) {
      throw BadInput.of(
          "positive", "nothing", "one of the " + labels.size() + " classes, as there are scores");
    }
    boolean[] outcome = new boolean[truth.size()];
    for (int i = 0; i < outcome.length; i++) {
      outcome[i] = truth.get(i).equals(counted);
    }
    return outcome;
  }

  private Answer regression() {
    double[] truth = finite("actual", actual.numbers());
    Regression numbers = Regression.of(truth, finite("predicted", predicted.numbers()));
    return new Answer(
        "regression",
        numbers.rows(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(numbers),
        Optional.empty(),
        Optional.empty());
  }

  private static double[] finite(String field, double[] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (!Double.isFinite(rows[i])) {
        throw BadInput.of(field + "[" + i + "]", "nothing", "a number");
      }
    }
    return rows;
  }

  private Answer estimated() {
    List<String> called = predicted.names();
    String counted =
        positive.orElseGet(
            () -> {
              if (called.isEmpty()) {
                throw new BadInput("predicted: found no rows, expected at least one");
              }
              return new TreeSet<>(called).last();
            });
    boolean[] yes = new boolean[called.size()];
    for (int i = 0; i < yes.length; i++) {
      yes[i] = called.get(i).equals(counted);
    }
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= 0 && scores[i] <= 1)) {
        throw BadInput.of("scores[" + i + "]", String.valueOf(scores[i]), "a probability");
      }
    }
    var expected = EstimatedPerformance.of(scores, scores, yes);
    return new Answer(
        "estimated",
        yes.length,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Estimated.of(expected)),
        Optional.empty());
  }
}

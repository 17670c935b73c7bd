package io.tocsin.drift.performance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Precision, recall and F1 from a confusion matrix, of one class or as the mean over all, with the
 * standard error by the delta method over the cells of the matrix as a multinomial: sum of
 * gradient^2 count - (sum of gradient count)^2 / rows.
 *
 * <p>Source: K. Takahashi, K. Yamamoto, A. Kuchiba and T. Koyama, Confidence interval for
 * micro-averaged F1 and macro-averaged F1 scores, Applied Intelligence 52, 2022.
 */
public enum ConfusionScore {
  /** Share of rows called so that are: hits / called. */
  PRECISION,
  /** Share of rows that are and were called so: hits / actual. */
  RECALL,
  /** Harmonic mean of both: 2 hits / (called + actual). */
  F1;

  /** Rows of a class: right ones, those wrongly called so, and those missed. */
  private record Counts(double hits, double wrong, double missed) {

    double value(ConfusionScore score) {
      return hits / size(score) * (score == F1 ? 2 : 1);
    }

    /** What the score divides by. */
    double size(ConfusionScore score) {
      return switch (score) {
        case PRECISION -> hits + wrong;
        case RECALL -> hits + missed;
        case F1 -> 2 * hits + wrong + missed;
      };
    }

    double perHit(ConfusionScore score) {
      double size = size(score);
      return switch (score) {
        case PRECISION -> wrong / (size * size);
        case RECALL -> missed / (size * size);
        case F1 -> 2 * (wrong + missed) / (size * size);
      };
    }

    double perWrong(ConfusionScore score) {
      double size = size(score);
      return switch (score) {
        case PRECISION -> -hits / (size * size);
        case RECALL -> 0;
        case F1 -> -2 * hits / (size * size);
      };
    }

    double perMissed(ConfusionScore score) {
      double size = size(score);
      return switch (score) {
        case PRECISION -> 0;
        case RECALL -> -hits / (size * size);
        case F1 -> -2 * hits / (size * size);
      };
    }
  }

  /**
   * The score; NaN where no row has what it divides by. The mean is over the classes that have it.
   *
   * @param confusion rows by truth, then by answer
   * @param positive the one class that counts; the mean of all when absent
   */
  public Measured of(Map<String, Map<String, Long>> confusion, Optional<String> positive) {
    var classes = new TreeSet<String>();
    positive.ifPresentOrElse(
        classes::add,
        () -> {
          classes.addAll(confusion.keySet());
          confusion.values().forEach(answers -> classes.addAll(answers.keySet()));
        });
    classes.removeIf(name -> counts(confusion, name).size(this) == 0);
    if (classes.isEmpty()) {
      return new Measured(Double.NaN, Double.NaN);
    }
    double value =
        classes.stream().mapToDouble(name -> counts(confusion, name).value(this)).sum()
            / classes.size();
    return new Measured(value, Math.sqrt(variance(confusion, classes)));
  }

  private double variance(Map<String, Map<String, Long>> confusion, Set<String> classes) {
    Map<String, Counts> counts =
        classes.stream().collect(Collectors.toMap(name -> name, name -> counts(confusion, name)));
    double rows = 0;
    double sum = 0;
    double squares = 0;
    for (var truth : confusion.entrySet()) {
      for (var answer : truth.getValue().entrySet()) {
        double gradient =
            truth.getKey().equals(answer.getKey())
                ? part(counts, truth.getKey(), its -> its.perHit(this))
                : part(counts, truth.getKey(), its -> its.perMissed(this))
                    + part(counts, answer.getKey(), its -> its.perWrong(this));
        double here = answer.getValue() * (gradient / classes.size());
        rows += answer.getValue();
        sum += here;
        squares += here * (gradient / classes.size());
      }
    }
    return Math.max(0, squares - sum * sum / rows);
  }

  private static double part(
      Map<String, Counts> counts, String name, ToDoubleFunction<Counts> gradient) {
    Counts its = counts.get(name);
    return its == null ? 0 : gradient.applyAsDouble(its);
  }

  private static Counts counts(Map<String, Map<String, Long>> confusion, String name) {
    double hits = 0;
    double wrong = 0;
    double missed = 0;
    for (var truth : confusion.entrySet()) {
      for (var answer : truth.getValue().entrySet()) {
        boolean is = truth.getKey().equals(name);
        boolean called = answer.getKey().equals(name);
        hits += is && called ? answer.getValue() : 0;
        wrong += !is && called ? answer.getValue() : 0;
        missed += is && !called ? answer.getValue() : 0;
      }
    }
    return new Counts(hits, wrong, missed);
  }
}

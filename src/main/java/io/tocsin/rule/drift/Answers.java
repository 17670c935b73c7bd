package io.tocsin.rule.drift;

import io.tocsin.drift.performance.ScoreCounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * How judged answers turned out, beyond how many were right.
 *
 * @param confusion rows by truth, then by answer; empty for answers that are no classes
 * @param scores rows by score of the positive class
 * @param truths sum of numeric truths, from a point that is the same for all of a model
 * @param spread sum of squared distances of numeric truths from their mean
 */
public record Answers(
    Map<String, Map<String, Long>> confusion, ScoreCounts scores, double truths, double spread) {

  /** Nothing is known. */
  public static final Answers NONE = new Answers(Map.of(), ScoreCounts.NONE, 0, 0);

  public Answers {
    confusion = Map.copyOf(confusion);
  }

  /** Rows whose truth and answer are classes. */
  long classified() {
    return confusion.values().stream()
        .flatMap(answers -> answers.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Both together.
   *
   * @param n numeric truths of these
   * @param m numeric truths of the others
   */
  Answers plus(Answers other, long n, long m) {
    var both = new TreeMap<String, Map<String, Long>>();
    confusion.forEach((truth, answers) -> both.put(truth, new TreeMap<>(answers)));
    other.confusion.forEach(
        (truth, answers) ->
            answers.forEach(
                (answer, rows) ->
                    both.computeIfAbsent(truth, absent -> new TreeMap<>())
                        .merge(answer, rows, Long::sum)));
    double apart = n == 0 || m == 0 ? 0 : truths / n - other.truths / m;
    double between = n + m == 0 ? 0 : apart * apart * n * m / (n + m);
    return new Answers(
        both, scores.plus(other.scores), truths + other.truths, spread + other.spread + between);
  }
}

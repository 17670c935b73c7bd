package io.tocsin.rule.drift;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.drift.measure.MultipleTests;
import io.tocsin.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Distributions of a window against their reference. Effect first, noise as a guard: a row counts
 * when its effect reaches a threshold, its statistic lies above what sampling does in 1 of 1000
 * windows, and, of many inputs, it is among those that Benjamini and Hochberg reject at 1 %. Where
 * a method has no p-value its floor is that of 0.001 over the number of inputs instead.
 */
final class Distributions {

  /** Share of false discoveries among inputs called drifted. */
  static final double FALSE_DISCOVERIES = 0.01;

  /** Chance that sampling alone passes a floor. */
  static final double SIGNIFICANCE = 0.001;

  /** Rows below which a bin joins its neighbour. */
  static final int ROWS_PER_BIN = 20;

  private static final int MOST_DETAILS = 10;

  /** An input, or whatever else has a distribution, with its two sides. */
  record Candidate(String name, Optional<ModelHistory.Sides> sides) {}

  private final DriftTest test;
  private final DriftTerms terms;

  Distributions(DriftTest test, DriftTerms terms) {
    this.test = test;
    this.terms = terms;
  }

  /** The name of a subject in rows. */
  static String name(Subject subject) {
    return subject instanceof Subject.Feature(String name) ? name : subject.kind();
  }

  /** A row for each. */
  List<Row> rows(List<Candidate> candidates) {
    var scores = new ArrayList<DriftResult>();
    for (Candidate candidate : candidates) {
      scores.add(result(candidate, SIGNIFICANCE));
    }
    double[] p =
        IntStream.range(0, scores.size())
            .filter(i -> p(scores.get(i)).isPresent())
            .mapToDouble(i -> p(scores.get(i)).getAsDouble())
            .toArray();
    boolean[] rejected = MultipleTests.benjaminiHochberg(p, FALSE_DISCOVERIES, false);
    double[] adjusted = MultipleTests.adjusted(p);
    var rows = new ArrayList<Row>();
    int next = 0;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (scores.get(i) instanceof DriftScore score) {
        boolean tested = p(score).isPresent();
        Row row = row(candidate, strict(candidate, score, tested, candidates.size()));
        rows.add(tested ? corrected(row, rejected[next], adjusted[next]) : row);
        next += tested ? 1 : 0;
      } else {
        rows.add(without(candidate, scores.get(i)));
      }
    }
    return detailed(rows, candidates);
  }

  private OptionalDouble p(DriftResult result) {
    return result instanceof DriftScore score
        ? Significance.p(test, score)
        : OptionalDouble.empty();
  }

  private DriftResult result(Candidate candidate, double significance) {
    if (candidate.sides().isEmpty()) {
      return new DriftResult.NoData(0, 0);
    }
    var guard = new Guard(terms.minReference(), terms.minSamples(), ROWS_PER_BIN, significance);
    ModelHistory.Sides sides = candidate.sides().get();
    return test.compare(sides.reference(), sides.window(), guard);
  }

  /** Without a p-value to correct, the floor takes the number of looks into account. */
  private DriftScore strict(Candidate candidate, DriftScore score, boolean tested, int looks) {
    if (tested || looks < 2) {
      return score;
    }
    return result(candidate, SIGNIFICANCE / looks) instanceof DriftScore stricter
        ? stricter
        : score;
  }

  private Row row(Candidate candidate, DriftScore score) {
    Row.State state =
        !score.aboveNoise()
            ? Row.State.QUIET
            : terms
                .thresholds()
                .level(score.effect())
                .map(Distributions::state)
                .orElse(Row.State.QUIET);
    ModelHistory.Sides sides = candidate.sides().orElseThrow();
    return new Row(
        candidate.name(),
        test.id(),
        state,
        score.statistic(),
        score.effect(),
        terms.thresholds(),
        Significance.p(test, score),
        OptionalDouble.empty(),
        score.floor(),
        score.n(),
        score.m(),
        sides.now().missing(),
        Spread.words(sides),
        notes(score),
        Optional.empty());
  }

  private static List<String> notes(DriftScore score) {
    var notes = new ArrayList<>(score.notes());
    if (score.bins() > 0) {
      notes.add(score.bins() + " bins compared");
    }
    return notes;
  }

  static Row.State state(Level level) {
    return switch (level) {
      case WARNING -> Row.State.WARNING;
      case CRITICAL -> Row.State.CRITICAL;
    };
  }

  private static Row corrected(Row row, boolean rejected, double q) {
    Row known = row.q(q);
    return rejected ? known : known.as(Row.State.QUIET);
  }

  private Row without(Candidate candidate, DriftResult result) {
    return switch (result) {
      case DriftResult.TooFewSamples few ->
          Row.without(
              candidate.name(),
              test.id(),
              Row.State.INSUFFICIENT_DATA,
              terms.thresholds(),
              few.reference(),
              few.current(),
              "%d rows in the window (%d needed), %d in the reference (%d needed)"
                  .formatted(
                      few.current(), few.neededCurrent(), few.reference(), few.neededReference()));
      case DriftResult.NoData none ->
          Row.without(
              candidate.name(),
              test.id(),
              Row.State.INSUFFICIENT_DATA,
              terms.thresholds(),
              none.reference(),
              none.current(),
              "%d rows in the window, %d in the reference"
                  .formatted(none.current(), none.reference()));
      case DriftResult.Unsuitable unsuitable ->
          Row.without(
              candidate.name(),
              test.id(),
              Row.State.UNSUITABLE,
              terms.thresholds(),
              0,
              0,
              unsuitable.reason());
      case DriftScore score -> row(candidate, score);
    };
  }

  /** The distributions of the rows that lead, for whoever reads the alert. */
  private List<Row> detailed(List<Row> rows, List<Candidate> candidates) {
    List<Integer> leading =
        IntStream.range(0, rows.size())
            .boxed()
            .filter(i -> rows.get(i).level().isPresent())
            .sorted((a, b) -> Double.compare(rows.get(b).effect(), rows.get(a).effect()))
            .limit(MOST_DETAILS)
            .toList();
    var detailed = new ArrayList<>(rows);
    for (int i : leading) {
      ModelHistory.Sides sides = candidates.get(i).sides().orElseThrow();
      detailed.set(
          i, rows.get(i).detail(Optional.of(Spread.of(sides.reference(), sides.window(), test))));
    }
    return detailed;
  }
}

package io.tocsin.rule.drift;

import io.tocsin.drift.performance.Importance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Which inputs matter: the newest snapshot against the first. The effect is 1 - nDCG. */
final class Importances {

  private static final String NAME = "importance";

  private Importances() {}

  static List<Row> rows(
      DriftTerms terms, Criterion.Importances asked, List<ModelHistory.Weights> snapshots) {
    if (snapshots.size() < 2) {
      return List.of(
          Row.without(
              NAME,
              "ndcg",
              Row.State.INSUFFICIENT_DATA,
              terms.thresholds(),
              Math.min(1, snapshots.size()),
              0,
              snapshots.size() + " importance snapshots (2 needed)"));
    }
    Importance moved;
    try {
      moved = Importance.of(snapshots.getFirst().weights(), snapshots.getLast().weights());
    } catch (IllegalArgumentException e) {
      return List.of(
          Row.without(
              NAME,
              "ndcg",
              Row.State.UNSUITABLE,
              terms.thresholds(),
              1,
              1,
              String.valueOf(e.getMessage())));
    }
    double effect = 1 - moved.ndcg();
    return List.of(
        new Row(
            NAME,
            "ndcg",
            terms.thresholds().level(effect).map(Distributions::state).orElse(Row.State.QUIET),
            moved.ndcg(),
            effect,
            terms.thresholds(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            0,
            1,
            1,
            0,
            "nDCG %s; %s".formatted(Spread.figure(moved.ndcg()), moves(moved, asked.top())),
            List.of(
                "sum of |share before - share now| " + Spread.figure(moved.distance()),
                "snapshots of %s and %s"
                    .formatted(snapshots.getFirst().at(), snapshots.getLast().at())),
            Optional.empty()));
  }

  private static String moves(Importance moved, int most) {
    String words =
        moved.moves().entrySet().stream()
            .filter(move -> move.getValue() != 0)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(
                        (a, b) -> Integer.compare(Math.abs(b), Math.abs(a)))
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .map(
                move ->
                    "%s %s %d"
                        .formatted(
                            move.getKey(),
                            move.getValue() > 0 ? "up" : "down",
                            Math.abs(move.getValue())))
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "same order" : words;
  }
}

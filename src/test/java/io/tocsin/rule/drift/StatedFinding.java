package io.tocsin.rule.drift;

import io.tocsin.drift.DriftTest;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings of a stated model, judged as those of a watched one are. */
public final class StatedFinding {

  private static final Duration HOUR = Duration.ofHours(1);

  private StatedFinding() {}

  /** A model of which one number moves by 0.6 sd and one category changes its share after 4 h. */
  public static StatedModel ranker(Instant start) {
    return new StatedModel(
        "ranker",
        start,
        HOUR,
        List.of(1000),
        Map.of(
            "price",
            column("normal(100, 20)", "normal(112, 20)", 4),
            "country",
            column("de:0.5 at:0.3 ch:0.2", "de:0.3 at:0.3 ch:0.2 fr:0.2", 4),
            "age",
            column("uniform(18, 80)", "uniform(18, 80)", 4),
            "confidence",
            column("uniform(0.6, 1)", "uniform(0.5, 0.95)", 4)),
        List.of(0.96, 0.96, 0.96, 0.96, 0.9),
        List.of(),
        Map.of());
  }

  static StatedModel.Column column(String reference, String later, int intervals) {
    Shape before = Shape.parse(reference);
    var values = new ArrayList<>(Collections.nCopies(intervals, before));
    values.add(Shape.parse(later));
    return new StatedModel.Column(before, values, List.of());
  }

  /** Terms with every default of a kind for {@code ranker}. */
  public static DriftTerms terms(Criterion criterion, Thresholds thresholds, int evaluations) {
    return new DriftTerms(
        Target.of("ranker"),
        criterion,
        Optional.of(HOUR),
        Optional.empty(),
        thresholds,
        200,
        1000,
        criterion instanceof Criterion.Performance ? Side.WORSE : Side.BOTH,
        evaluations,
        0.8,
        Optional.empty(),
        Optional.empty());
  }

  /** What a rule on all inputs of that model finds, as of a time. */
  public static Finding of(Instant at) {
    Instant start = at.minus(Duration.ofHours(6));
    FindingStore store = FindingStore.inMemory();
    var judge = new DriftJudge(new StatedModels(List.of(ranker(start))), store);
    var about =
        new About(
            "f;g;0",
            "ModelDrift",
            Optional.of("ModelDrift"),
            (target, level) ->
                target.labels().with(Labels.of("alertname", "ModelDrift", "level", level.id())));
    DriftTerms terms =
        terms(
            new Criterion.Data(new Columns.All(), DriftTest.PSI, false),
            Thresholds.of(0.1, 0.2),
            2);
    for (int hour = 1; hour <= 6; hour++) {
      judge.evaluate(about, terms, HOUR, start.plus(HOUR.multipliedBy(hour)));
    }
    return store
        .search(
            new FindingStore.Filter(
                Optional.of("ranker"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1))
        .getFirst();
  }
}

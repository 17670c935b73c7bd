package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.drift.DriftTest;
import io.tocsin.label.Labels;
import io.tocsin.rule.ModelRules.Round;
import io.tocsin.rule.drift.Columns;
import io.tocsin.rule.drift.Criterion;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.Metric;
import io.tocsin.rule.drift.StatedFinding;
import io.tocsin.rule.drift.StatedModels;
import io.tocsin.rule.drift.Thresholds;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What drift rules measure becomes series. */
class ModelRulesTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static SampleBatch measured(Criterion criterion, Thresholds thresholds) {
    return round(criterion, thresholds).samples();
  }

  private static Round round(Criterion criterion, Thresholds thresholds) {
    var rule =
        new DriftRule(
            AlertSpec.of("f;g;0", "ModelDrift", Duration.ZERO),
            StatedFinding.terms(criterion, thresholds, 1),
            Texts.of(Map.of(), Map.of()));
    var group =
        new RuleGroup(
            "f", "g", Duration.ofMinutes(1), Duration.ZERO, 0, Optional.empty(), List.of(rule));
    var models = new StatedModels(List.of(StatedFinding.ranker(START)));
    return new ModelRules(new DriftJudge(models, FindingStore.inMemory()))
        .evaluate(group, rule, START.plus(Duration.ofHours(6)), Site.NONE);
  }

  private static OptionalDouble value(SampleBatch batch, String metric, String... labels) {
    Labels wanted = Labels.of(labels);
    return IntStream.range(0, batch.size())
        .filter(i -> batch.labels(i).metricName().equals(metric))
        .filter(
            i ->
                wanted.toMap().entrySet().stream()
                    .allMatch(one -> batch.labels(i).get(one.getKey()).equals(one.getValue())))
        .mapToDouble(batch::value)
        .findFirst();
  }

  @Test
  void eachInputsScoreStandsBesideItsNoiseFloorAndRows() {
    SampleBatch batch =
        measured(
            new Criterion.Data(new Columns.All(), DriftTest.PSI, false), Thresholds.of(0.1, 0.2));

    String[] price = {
      "model",
      "ranker",
      "feature",
      "price",
      "kind",
      "data_drift",
      "method",
      "psi",
      "window",
      "3600s"
    };
    double score = value(batch, "model_drift_score", price).orElseThrow();
    assertThat(score).isGreaterThan(0.2);
    assertThat(value(batch, "model_drift_noise_floor", price).orElseThrow()).isBetween(0.0, score);
    assertThat(value(batch, "model_drift_rows", price).orElseThrow()).isPositive();
    assertThat(value(batch, "model_drift_state", "alertname", "ModelDrift")).hasValue(2);
  }

  @Test
  void aDropIsASeriesByItsMetric() {
    SampleBatch batch =
        measured(new Criterion.Performance(Metric.ACCURACY), Thresholds.of(0.03, 0.05));
    assertThat(
            value(batch, "model_performance_drop", "model", "ranker", "metric", "accuracy")
                .orElseThrow())
        .isCloseTo(
            value(batch, "model_drift_score", "feature", "accuracy").orElseThrow(), within(1e-12));
  }

  @Test
  void withoutEnoughRowsOnlyTheStateAndTheRowsAreWritten() {
    SampleBatch batch =
        measured(new Criterion.Performance(Metric.RECALL), Thresholds.of(0.03, 0.05));
    assertThat(value(batch, "model_drift_state", "alertname", "ModelDrift")).hasValue(-1);
    assertThat(value(batch, "model_drift_rows", "feature", "recall")).hasValue(0);
    assertThat(value(batch, "model_performance_drop")).isEmpty();
  }

  @Test
  void tooFewRowsAreNotKnownAndAreNoFailureOfTheRule() {
    Round round = round(new Criterion.Performance(Metric.RECALL), Thresholds.of(0.03, 0.05));
    var all = new GroupEvaluation.Round(round.evaluations(), List.of(), Map.of());
    assertThat(round.evaluations())
        .singleElement()
        .satisfies(one -> assertThat(one.outcome()).isInstanceOf(Outcome.Unknown.class));
    assertThat(all.failed()).isZero();

    Evaluation first = round.evaluations().getFirst();
    var broken =
        new Evaluation(first.spec(), first.at(), first.scope(), new Outcome.Unknown("too slow"));
    assertThat(new GroupEvaluation.Round(List.of(first, broken), List.of(), Map.of()).failed())
        .isEqualTo(1);
  }
}

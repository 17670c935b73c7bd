package io.tocsin.rule;

import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.DriftJudge.Judged;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.Level;
import io.tocsin.rule.drift.Metric;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.Row;
import io.tocsin.series.SampleBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Evaluates drift rules of groups and writes what they measured as series: {@code
 * model_drift_score}, {@code model_drift_noise_floor}, {@code model_drift_p_value}, {@code
 * model_drift_q_value} and {@code model_drift_rows} by model, version, feature, kind, method and
 * window; {@code model_performance_drop} by model and metric; {@code model_drift_state} of each
 * rule: -1 insufficient data, 0 quiet, 1 warning, 2 critical.
 */
public final class ModelRules {

  /** Evaluations, one for each target that was due, and what was measured. */
  public record Round(List<Evaluation> evaluations, SampleBatch samples) {
    public Round {
      evaluations = List.copyOf(evaluations);
    }
  }

  private final DriftJudge judge;

  public ModelRules(DriftJudge judge) {
    this.judge = judge;
  }

  /** No models: every drift rule answers nothing. */
  public static ModelRules none() {
    return new ModelRules(new DriftJudge(ModelHistory.none(), FindingStore.inMemory()));
  }

  /** Evaluates a rule at an instant; a target that cannot be judged is unknown with the reason. */
  public Round evaluate(RuleGroup group, DriftRule rule, Instant at, Site site) {
    List<Judged> judged;
    try {
      judged = judge.evaluate(rule.about(site), rule.terms(), group.interval(), at);
    } catch (RuntimeException failed) {
      return new Round(
          List.of(
              new Evaluation(
                  rule.spec(),
                  at,
                  new Evaluation.Scope.Only(Set.of()),
                  new Evaluation.Outcome.Unknown(String.valueOf(failed.getMessage())))),
          SampleBatch.EMPTY);
    }
    var batch = SampleBatch.builder();
    var found = new ArrayList<Evaluation>();
    var unknown = new ArrayList<Evaluation>();
    for (Judged one : judged) {
      Evaluation evaluation = rule.evaluation(one, at, site);
      (evaluation.outcome() instanceof Evaluation.Outcome.Unknown ? unknown : found)
          .add(evaluation);
      samples(rule, one, at, batch);
    }
    // The rule's health is that of its last word: a target without enough data shows.
    found.addAll(unknown);
    return new Round(found, batch.build());
  }

  private static void samples(
      DriftRule rule, Judged judged, Instant at, SampleBatch.Builder batch) {
    long time = at.toEpochMilli();
    Labels target = judged.target().labels().with("kind", rule.terms().criterion().kind().id());
    double state =
        judged
            .verdict()
            .level()
            .map(level -> level == Level.CRITICAL ? 2.0 : 1.0)
            .orElse(judged.reading().measured() ? 0.0 : -1.0);
    batch.add(
        target.with(Labels.NAME, "model_drift_state").with("alertname", rule.name()), time, state);
    for (Row row : judged.reading().rows()) {
      Labels labels =
          target
              .with("feature", row.name())
              .with("method", row.method())
              .with("window", judged.window().toSeconds() + "s");
      batch.add(labels.with(Labels.NAME, "model_drift_rows"), time, (double) row.current());
      if (row.measured()) {
        batch.add(labels.with(Labels.NAME, "model_drift_score"), time, row.statistic());
        batch.add(labels.with(Labels.NAME, "model_drift_noise_floor"), time, row.floor());
        add(batch, labels, "model_drift_p_value", time, row.p());
        add(batch, labels, "model_drift_q_value", time, row.q());
      }
      drop(judged, row, time, batch);
    }
  }

  private static void add(
      SampleBatch.Builder batch, Labels labels, String name, long time, OptionalDouble value) {
    if (value.isPresent()) {
      batch.add(labels.with(Labels.NAME, name), time, value.getAsDouble());
    }
  }

  private static void drop(Judged judged, Row row, long time, SampleBatch.Builder batch) {
    boolean performance = Metric.named(row.method()).isPresent() || row.method().equals("cbpe");
    if (performance && row.measured()) {
      batch.add(
          judged
              .target()
              .labels()
              .with(Labels.NAME, "model_performance_drop")
              .with("metric", row.method())
              .with("window", judged.window().toSeconds() + "s"),
          time,
          row.statistic());
    }
  }
}

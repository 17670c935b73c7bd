package io.tocsin.rule;

import io.tocsin.alert.Evaluation;
import io.tocsin.model.DriftAnswer;
import io.tocsin.model.DriftQuestion;
import io.tocsin.promql.QueryLimits;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Evaluates the rules of one group in order, again and again. Keeps what each recording rule wrote
 * last, so that a series it no longer yields is marked stale. One caller at a time.
 */
public final class GroupEvaluation {

  /** A recording rule that failed. */
  public record Failure(Rule rule, String reason) {}

  /**
   * What one round found.
   *
   * @param evaluations one for each alerting and drift rule, in order
   * @param failures recording rules that failed
   */
  public record Round(List<Evaluation> evaluations, List<Failure> failures) {
    public Round {
      evaluations = List.copyOf(evaluations);
      failures = List.copyOf(failures);
    }
  }

  private final RuleGroup group;
  private final RuleEvaluator evaluator;
  private final Consumer<SampleBatch> recorder;
  private final BiFunction<DriftQuestion, Instant, DriftAnswer> models;
  private final Map<RecordingRule, Recorded> written = new HashMap<>();

  /**
   * A group over a store.
   *
   * @param recorder makes recorded samples readable before it returns
   * @param models answers drift rules
   */
  public GroupEvaluation(
      RuleGroup group,
      SeriesReader reader,
      QueryLimits limits,
      Installation installation,
      Consumer<SampleBatch> recorder,
      BiFunction<DriftQuestion, Instant, DriftAnswer> models) {
    this.group = group;
    this.evaluator = new RuleEvaluator(reader, limits, installation);
    this.recorder = recorder;
    this.models = models;
  }

  public RuleGroup group() {
    return group;
  }

  /** Evaluates every rule at one instant, in order. */
  public Round evaluate(Instant at) {
    Instant lookedAt = at.minus(group.queryOffset());
    var evaluations = new ArrayList<Evaluation>();
    var failures = new ArrayList<Failure>();
    for (Rule rule : group.rules()) {
      switch (rule) {
        case AlertingRule alerting ->
            evaluations.add(evaluator.alerting(alerting, at, lookedAt, group.limit()));
        case DriftRule drift -> evaluations.add(drift(drift, lookedAt, at));
        case RecordingRule recording -> {
          try {
            record(recording, lookedAt);
          } catch (RuntimeException problem) {
            failures.add(new Failure(recording, RuleProblem.reason(problem)));
          }
        }
      }
    }
    return new Round(evaluations, failures);
  }

  private Evaluation drift(DriftRule rule, Instant lookedAt, Instant at) {
    DriftAnswer answer = models.apply(rule.question(), lookedAt);
    recorder.accept(answer.samples());
    return evaluator.drift(rule, answer, at);
  }

  private void record(RecordingRule rule, Instant lookedAt) {
    SampleBatch batch = evaluator.recording(rule, lookedAt, group.limit());
    Recorded before = written.getOrDefault(rule, Recorded.NONE);
    Recorded now = Recorded.after(before, batch, lookedAt.toEpochMilli());
    written.put(rule, now);
    recorder.accept(now.samples());
  }
}

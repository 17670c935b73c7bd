package io.tocsin.rule;

import io.tocsin.alert.Evaluation;
import io.tocsin.promql.QueryLimits;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.SharedSelections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Evaluates the rules of one group in order, again and again; rules of one round that read the same
 * read it once. Keeps what each recording rule wrote last, so that a series it no longer yields is
 * marked stale. One caller at a time.
 */
public final class GroupEvaluation {

  /** A recording rule that failed. */
  public record Failure(Rule rule, String reason) {}

  /**
   * What one round found.
   *
   * @param evaluations one for each alerting rule and each target of a drift rule, in order
   * @param failures recording rules that failed
   * @param took how long each rule took, by its id
   */
  public record Round(
      List<Evaluation> evaluations, List<Failure> failures, Map<String, Duration> took) {
    public Round {
      took = Map.copyOf(took);
      evaluations = List.copyOf(evaluations);
      failures = List.copyOf(failures);
    }

    /** Rules that failed; those that ran and could not tell, as with too few rows, did not. */
    public long failed() {
      return failures.size()
          + evaluations.stream()
              .filter(
                  one ->
                      one.outcome() instanceof Evaluation.Outcome.Unknown unknown
                          && unknown.failed())
              .count();
    }
  }

  private final RuleGroup group;
  private final Runnable forget;
  private final RuleEvaluator evaluator;
  private final Site site;
  private final Consumer<SampleBatch> recorder;
  private final ModelRules models;
  private final Map<String, Recorded> written = new HashMap<>();

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
      Site site,
      Consumer<SampleBatch> recorder,
      ModelRules models) {
    this(group, new SharedSelections(reader), limits, site, recorder, models);
  }

  private GroupEvaluation(
      RuleGroup group,
      SharedSelections selections,
      QueryLimits limits,
      Site site,
      Consumer<SampleBatch> recorder,
      ModelRules models) {
    this.group = group;
    this.forget = selections::forget;
    this.evaluator = new RuleEvaluator(selections, limits, site);
    this.site = site;
    this.recorder = recorder;
    this.models = models;
  }

  /**
   * A group of which another engine answers the expressions.
   *
   * @param recorder makes recorded samples readable before it returns
   * @param models answers drift rules
   */
  public GroupEvaluation(
      RuleGroup group,
      InstantQueries elsewhere,
      Site site,
      Consumer<SampleBatch> recorder,
      ModelRules models) {
    this.group = group;
    this.forget = () -> {};
    this.evaluator = new RuleEvaluator(elsewhere, site);
    this.site = site;
    this.recorder = recorder;
    this.models = models;
  }

  public RuleGroup group() {
    return group;
  }

  /** Evaluates every rule at one instant, in order; nobody looks at a clock. */
  public Round evaluate(Instant at) {
    return evaluate(at, () -> 0);
  }

  /**
   * Evaluates every rule at one instant, in order.
   *
   * @param nanos a clock that only goes on, nanoseconds
   */
  public Round evaluate(Instant at, LongSupplier nanos) {
    var evaluations = new ArrayList<Evaluation>();
    var failures = new ArrayList<Failure>();
    var took = new HashMap<String, Duration>();
    for (Rule rule : group.rules()) {
      long began = nanos.getAsLong();
      switch (rule) {
        case AlertingRule alerting -> evaluations.add(evaluator.evaluate(group, alerting, at));
        case DriftRule drift -> evaluations.addAll(evaluate(drift, at));
        case RecordingRule recording -> {
          try {
            record(recording, at);
          } catch (RuntimeException problem) {
            failures.add(new Failure(recording, String.valueOf(problem.getMessage())));
          }
        }
      }
      took.put(rule.id(), Duration.ofNanos(nanos.getAsLong() - began));
    }
    forget.run();
    return new Round(evaluations, failures, took);
  }

  private List<Evaluation> evaluate(DriftRule rule, Instant at) {
    ModelRules.Round round = models.evaluate(group, rule, at, site);
    write(round.samples());
    return round.evaluations();
  }

  private void record(RecordingRule rule, Instant at) {
    Recorded before = written.getOrDefault(rule.id(), Recorded.NONE);
    Recorded now = evaluator.evaluate(group, rule, at, before);
    written.put(rule.id(), now);
    write(now.samples());
  }

  /** What was selected before is selected anew by the rules that follow. */
  private void write(SampleBatch samples) {
    recorder.accept(samples);
    forget.run();
  }
}

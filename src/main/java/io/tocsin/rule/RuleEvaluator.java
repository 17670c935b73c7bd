package io.tocsin.rule;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.alert.NoData;
import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.label.Labels;
import io.tocsin.model.DriftAnswer;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Selectors;
import io.tocsin.promql.Value;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import io.tocsin.template.QueryPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Evaluates one rule at one instant over a store. Pure: reads, and says what it found. */
public final class RuleEvaluator {

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final Installation installation;

  public RuleEvaluator(SeriesReader reader, QueryLimits limits, Installation installation) {
    this.reader = reader;
    this.limits = limits;
    this.installation = installation;
  }

  /**
   * Evaluates an alerting rule over all its series. A failing query is {@link Outcome.Unknown}.
   *
   * @param at the instant of the group, which becomes the evaluation's
   * @param lookedAt the instant that is asked for: {@code at} less the group's query offset
   * @param limit most alerts it may yield, 0 for no limit
   */
  public Evaluation alerting(AlertingRule rule, Instant at, Instant lookedAt, int limit) {
    Outcome outcome;
    try {
      List<Breach> breaches = breaches(rule, reader, lookedAt.toEpochMilli());
      RuleProblem.check(limit, breaches.size(), "alerts");
      outcome =
          breaches.isEmpty() && isBlind(rule, lookedAt)
              ? new Outcome.Empty()
              : new Outcome.Found(breaches);
    } catch (RuntimeException problem) {
      outcome = new Outcome.Unknown(RuleProblem.reason(problem));
    }
    return new Evaluation(rule.spec(), at, new Scope.Whole(), outcome);
  }

  /**
   * Evaluates a pointwise rule for one series alone, at the time of its sample.
   *
   * @param one a reader that knows only this series
   */
  Evaluation arrival(AlertingRule rule, SeriesReader one, Labels series, long timestampMillis) {
    Instant at = Instant.ofEpochMilli(timestampMillis);
    Labels labels = text(rule.spec(), rule.wording(), timestampMillis).labels(series, 0);
    Outcome outcome;
    try {
      outcome = new Outcome.Found(breaches(rule, one, timestampMillis));
    } catch (RuntimeException problem) {
      outcome = new Outcome.Unknown(RuleProblem.reason(problem));
    }
    return new Evaluation(rule.spec(), at, new Scope.Only(Set.of(labels)), outcome);
  }

  private List<Breach> breaches(AlertingRule rule, SeriesReader from, long timestamp) {
    RuleText text = text(rule.spec(), rule.wording(), timestamp);
    var breaches = new ArrayList<Breach>();
    var seen = new HashSet<Labels>();
    for (Value.Sample sample : samples(rule.expr(), from, timestamp)) {
      Breach breach = text.breach(sample.labels(), sample.value());
      if (!seen.add(breach.labels())) {
        throw new RuleProblem(
            "several series end in the same alert " + breach.labels() + "; expected different");
      }
      breaches.add(breach);
    }
    return breaches;
  }

  /**
   * Whether a rule that cares about missing data has none: every selector it names is empty, or met
   * only series that have ended.
   */
  private boolean isBlind(AlertingRule rule, Instant at) {
    if (rule.spec().noData() == NoData.PROMETHEUS) {
      return false;
    }
    long now = at.toEpochMilli();
    List<Selectors.Reach> selectors = Selectors.of(rule.expr(), limits.lookbackMillis());
    return !selectors.isEmpty()
        && selectors.stream()
            .flatMap(s -> reader.select(s.matchers(), s.from(now), now).stream())
            .noneMatch(RuleEvaluator::lives);
  }

  private static boolean lives(SeriesPoints points) {
    return !StaleMarker.is(points.values()[points.size() - 1]);
  }

  /**
   * Evaluates a recording rule; its samples are of the instant that was looked at, as in
   * Prometheus.
   *
   * @throws RuntimeException when the query fails, yields too many series, or two of one name
   */
  SampleBatch recording(RecordingRule rule, Instant lookedAt, int limit) {
    var batch = SampleBatch.builder();
    var seen = new HashSet<Labels>();
    for (Value.Sample sample : samples(rule.expr(), reader, lookedAt.toEpochMilli())) {
      Labels labels = rule.labels(sample.labels());
      if (!seen.add(labels)) {
        throw new RuleProblem("several series end as " + labels + "; expected different");
      }
      batch.add(labels, lookedAt.toEpochMilli(), sample.value());
    }
    RuleProblem.check(limit, batch.size(), "series");
    return batch.build();
  }

  /**
   * What a drift rule makes of an answer: one alert, labelled with model, feature and method. Too
   * few rows are not known, never "nothing wrong".
   */
  public Evaluation drift(DriftRule rule, DriftAnswer answer, Instant at) {
    Outcome outcome =
        switch (answer.result()) {
          case DriftScore score ->
              new Outcome.Found(
                  answer.reaches(rule.threshold())
                      ? List.of(
                          text(rule.spec(), rule.wording(), at.toEpochMilli())
                              .breach(labels(rule), score.statistic()))
                      : List.of());
          case DriftResult.NoData none -> new Outcome.Empty();
          case DriftResult.TooFewSamples few -> new Outcome.Unknown(reason(few), false);
          case DriftResult.Unsuitable unsuitable -> new Outcome.Unknown(unsuitable.reason());
        };
    return new Evaluation(rule.spec(), at, new Scope.Whole(), outcome);
  }

  private static String reason(DriftResult.TooFewSamples few) {
    return "%d rows in the reference (%d needed), %d in the window (%d needed)"
        .formatted(few.reference(), few.neededReference(), few.current(), few.neededCurrent());
  }

  private static Labels labels(DriftRule rule) {
    return Labels.of(
        "model", rule.question().model(),
        "subject", rule.question().subject().kind(),
        "feature", rule.question().subject().feature(),
        "method", rule.question().test().id());
  }

  private RuleText text(AlertSpec spec, Wording wording, long timestamp) {
    QueryPort queries =
        expression ->
            samples(Parser.parse(expression), reader, timestamp).stream()
                .map(sample -> new QueryPort.Sample(sample.labels().toMap(), sample.value()))
                .toList();
    return new RuleText(spec.alertName(), wording, installation, queries);
  }

  private List<Value.Sample> samples(Expr expr, SeriesReader from, long timestamp) {
    return switch (new Evaluator(from, limits).instant(expr, timestamp)) {
      case Value.Vector vector -> vector.samples();
      case Value.Scalar scalar ->
          List.of(new Value.Sample(Labels.EMPTY, scalar.timestamp(), scalar.value()));
      case Value.Matrix matrix -> throw new RuleProblem("a range of samples; expected one each");
      case Value.Text words -> throw new RuleProblem("a text; expected samples");
    };
  }
}

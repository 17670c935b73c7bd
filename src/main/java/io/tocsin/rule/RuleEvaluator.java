package io.tocsin.rule;

import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Value;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import io.tocsin.template.AlertScope;
import io.tocsin.template.QueryPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evaluates rules over a store at a given time. Keeps nothing; safe for many threads. */
public final class RuleEvaluator {
  private final SeriesReader reader;
  private final QueryLimits limits;
  private final Site site;

  public RuleEvaluator(SeriesReader reader, QueryLimits limits, Site site) {
    this.reader = reader;
    this.limits = limits;
    this.site = site;
  }

  /** What the rule finds; a failure is an outcome, never an exception. */
  public Evaluation evaluate(RuleGroup group, AlertingRule rule, Instant at) {
    var witness = new Witness(reader);
    long time = at.minus(group.queryOffset()).toEpochMilli();
    return new Evaluation(rule.spec(), at, new Scope.Whole(), outcome(witness, group, rule, time));
  }

  /**
   * What a pointwise rule finds for one series at the time of its newest sample. Empty when the
   * rule must wait for its interval: it is not pointwise, its group looks back or is limited, its
   * own labels would hide one of the series', or the series has ended, which says nothing of the
   * others.
   */
  public Optional<Evaluation> arrival(
      RuleGroup group, AlertingRule rule, Labels series, long sampleMillis) {
    boolean free = group.queryOffset().isZero() && group.limit() == 0 && group.source().isEmpty();
    if (!free || rule.pointwise().isEmpty() || hides(rule, series)) {
      return Optional.empty();
    }
    AlertScope scope = site.scope(series, 0, Instant.ofEpochMilli(sampleMillis));
    Labels labels = rule.texts().labelsFor(rule.name(), series, scope, QueryPort.NONE);
    Outcome outcome =
        outcome(new Witness(new OneSeries(reader, series)), group, rule, sampleMillis);
    if (outcome instanceof Outcome.Empty) {
      return Optional.empty();
    }
    return Optional.of(
        new Evaluation(
            rule.spec(),
            Instant.ofEpochMilli(sampleMillis),
            new Scope.Only(Set.of(labels)),
            outcome));
  }

  private static boolean hides(AlertingRule rule, Labels series) {
    return series.has(Texts.ALERT_NAME)
        || rule.texts().labels().keySet().stream().anyMatch(series::has);
  }

  private Outcome outcome(Witness witness, RuleGroup group, AlertingRule rule, long time) {
    try {
      List<Value.Sample> samples = samples(witness, rule.expr(), time);
      if (samples.isEmpty() && witness.sawNothing()) {
        return new Outcome.Empty();
      }
      if (exceeds(group, samples.size())) {
        return new Outcome.Unknown(tooMany(group, samples.size(), "alerts"));
      }
      return new Outcome.Found(breaches(rule, samples, time));
    } catch (RuntimeException problem) {
      return new Outcome.Unknown(String.valueOf(problem.getMessage()));
    }
  }

  private List<Breach> breaches(AlertingRule rule, List<Value.Sample> samples, long time) {
    Instant at = Instant.ofEpochMilli(time);
    QueryPort queries = queries(time);
    var breaches = new ArrayList<Breach>(samples.size());
    var seen = new HashSet<Labels>();
    for (Value.Sample sample : samples) {
      Breach breach =
          rule.texts().breach(rule.name(), sample.labels(), sample.value(), at, site, queries);
      if (!seen.add(breach.labels())) {
        throw new QueryProblem(
            QueryProblem.Kind.EXECUTION,
            "vector contains metrics with the same labelset after applying alert labels: "
                + breach.labels());
      }
      breaches.add(breach);
    }
    return breaches;
  }

  /**
   * What a recording rule writes, at the time its query looked at.
   *
   * @param before what it wrote the last time
   * @throws QueryProblem when it cannot be evaluated; nothing is written then
   */
  public Recorded evaluate(RuleGroup group, RecordingRule rule, Instant at, Recorded before) {
    long time = at.minus(group.queryOffset()).toEpochMilli();
    List<Value.Sample> samples = samples(reader, rule.expr(), time);
    if (exceeds(group, samples.size())) {
      throw new QueryProblem(QueryProblem.Kind.EXECUTION, tooMany(group, samples.size(), "series"));
    }
    var batch = SampleBatch.builder();
    var seen = new HashSet<Labels>();
    for (Value.Sample sample : samples) {
      Labels labels = rule.labelsFor(sample.labels());
      if (!seen.add(labels)) {
        throw new QueryProblem(
            QueryProblem.Kind.EXECUTION,
            "vector contains metrics with the same labelset after applying rule labels: " + labels);
      }
      batch.add(labels, time, sample.value());
    }
    return Recorded.after(before, batch.build(), time);
  }

  private List<Value.Sample> samples(SeriesReader from, Expr expr, long time) {
    return switch (new Evaluator(from, limits).instant(expr, time)) {
      case Value.Vector vector -> vector.samples();
      case Value.Scalar scalar -> List.of(new Value.Sample(Labels.EMPTY, time, scalar.value()));
      case Value.Matrix matrix -> throw notAVector();
      case Value.Text text -> throw notAVector();
    };
  }

  private static QueryProblem notAVector() {
    return new QueryProblem(QueryProblem.Kind.EXECUTION, "rule result is not a vector or scalar");
  }

  /** Answers the queries of templates at the time of the rule's own. */
  private QueryPort queries(long time) {
    return expression ->
        samples(reader, Parser.parse(expression), time).stream()
            .map(s -> new QueryPort.Sample(s.labels().toMap(), s.value()))
            .toList();
  }

  private static boolean exceeds(RuleGroup group, int count) {
    return group.limit() > 0 && count > group.limit();
  }

  private static String tooMany(RuleGroup group, int count, String what) {
    return "exceeded limit of %d with %d %s".formatted(group.limit(), count, what);
  }
}

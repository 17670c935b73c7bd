package io.tocsin.rule;

import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.label.Labels;
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
import java.util.function.Function;

/** Evaluates rules over a store at a given time. Keeps nothing; safe for many threads. */
public final class RuleEvaluator {
  private final InstantQueries queries;
  private final Function<Labels, InstantQueries> queriesOfOne;
  private final Site site;

  public RuleEvaluator(SeriesReader reader, QueryLimits limits, Site site) {
    this.queries = InstantQueries.of(reader, limits);
    this.queriesOfOne = labels -> InstantQueries.of(new OneSeries(reader, labels), limits);
    this.site = site;
  }

  /** Rules of which another engine answers the expressions; none is evaluated on arrival. */
  public RuleEvaluator(InstantQueries elsewhere, Site site) {
    this.queries = elsewhere;
    this.queriesOfOne =
        labels -> {
          throw new IllegalStateException("no series arrive from elsewhere");
        };
    this.site = site;
  }

  /** What the rule finds; a failure is an outcome, never an exception. */
  public Evaluation evaluate(RuleGroup group, AlertingRule rule, Instant at) {
    long time = at.minus(group.queryOffset()).toEpochMilli();
    return new Evaluation(rule.spec(), at, new Scope.Whole(), outcome(queries, group, rule, time));
  }

  /**
   * What a pointwise rule finds for one series at the time of its newest sample. Empty when the
   * rule must wait for its interval: it is not pointwise, its group looks back or is limited, its
   * own labels would hide one of the series', or the series has ended, which says nothing of the
   * others. Empty also when all is well and was so before.
   *
   * @param live whether the rule may have alerts, so that it must hear that all is well
   */
  public Optional<Evaluation> arrival(
      RuleGroup group, AlertingRule rule, Labels series, long sampleMillis, boolean live) {
    if (waits(group, rule, series)) {
      return Optional.empty();
    }
    Outcome outcome = outcome(queriesOfOne.apply(series), group, rule, sampleMillis);
    boolean well = outcome instanceof Outcome.Found found && found.breaches().isEmpty();
    if (outcome instanceof Outcome.Empty || (well && !live)) {
      return Optional.empty();
    }
    AlertScope scope = site.scope(series, 0, Instant.ofEpochMilli(sampleMillis));
    Labels labels = rule.texts().labelsFor(rule.name(), series, scope, QueryPort.NONE);
    return Optional.of(
        new Evaluation(
            rule.spec(),
            Instant.ofEpochMilli(sampleMillis),
            new Scope.Only(Set.of(labels)),
            outcome));
  }

  /**
   * Whether a rule waits for its interval whatever arrives of a series: see {@link #arrival}, which
   * asks as well.
   */
  static boolean waits(RuleGroup group, AlertingRule rule, Labels series) {
    boolean free = group.queryOffset().isZero() && group.limit() == 0 && group.source().isEmpty();
    return !free || rule.pointwise().isEmpty() || hides(rule, series);
  }

  private static boolean hides(AlertingRule rule, Labels series) {
    boolean hidden = series.has(Texts.ALERT_NAME);
    for (String name : rule.texts().labels().keySet()) {
      hidden |= series.has(name);
    }
    return hidden;
  }

  private Outcome outcome(InstantQueries from, RuleGroup group, AlertingRule rule, long time) {
    try {
      InstantQueries.Answer answer = from.ask(rule.expr(), time);
      List<Value.Sample> samples = answer.samples();
      if (answer.metNothing()) {
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
    QueryPort port = queries.at(time).remembering();
    var breaches = new ArrayList<Breach>(samples.size());
    var seen = new HashSet<Labels>();
    for (Value.Sample sample : samples) {
      Breach breach =
          rule.texts().breach(rule.name(), sample.labels(), sample.value(), at, site, port);
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
    List<Value.Sample> samples = queries.ask(rule.expr(), time).samples();
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

  private static boolean exceeds(RuleGroup group, int count) {
    return group.limit() > 0 && count > group.limit();
  }

  private static String tooMany(RuleGroup group, int count, String what) {
    return "exceeded limit of %d with %d %s".formatted(group.limit(), count, what);
  }
}

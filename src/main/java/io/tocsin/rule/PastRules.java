package io.tocsin.rule;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.NoData;
import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.RuleOrder.Placed;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import io.tocsin.template.QueryPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules evaluated over the past, stretch by stretch and each over a whole stretch at once. What
 * they record replaces the stored series of that name for the rules after them. One caller at a
 * time.
 */
final class PastRules {
  private static final Duration FOREVER = Duration.ofDays(365_000);
  private static final int MAX_SERIES = 500_000;

  private final List<Placed> rules;
  private final MemoryStore recorded =
      new MemoryStore(new MemoryStore.Limits(MAX_SERIES, FOREVER, FOREVER));
  private final SeriesReader reader;
  private final QueryLimits limits;
  private final InstantQueries queries;
  private final Site site;
  private final boolean alertsAreRead;
  private final Map<String, Set<Labels>> living = new HashMap<>();
  private final Map<String, Alerts> alertStates = new HashMap<>();
  private final Map<String, Recorded> alertSeries = new HashMap<>();
  private final Map<String, Long> lastBreach = new HashMap<>();

  PastRules(List<Placed> rules, SeriesReader history, QueryLimits limits, Site site) {
    this.rules = rules;
    this.limits = limits;
    this.site = site;
    this.alertsAreRead = RuleOrder.readAlerts(rules);
    Set<String> metrics = names(RecordingRule.class);
    Set<String> alerts = names(AlertingRule.class);
    this.reader =
        new OverlayReader(
            history,
            recorded,
            labels ->
                metrics.contains(labels.metricName())
                    || (RuleOrder.ALERT_METRICS.contains(labels.metricName())
                        && alerts.contains(labels.get(Texts.ALERT_NAME))));
    this.queries = InstantQueries.of(reader, limits);
  }

  private Set<String> names(Class<? extends Rule> type) {
    return rules.stream()
        .map(Placed::rule)
        .filter(type::isInstance)
        .map(Rule::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The first evaluation of a group after a time; milliseconds. */
  static long firstAfter(RuleGroup group, long from) {
    long interval = group.interval().toMillis();
    return Math.floorDiv(from, interval) * interval + interval;
  }

  /**
   * What a recording rule writes in {@code (from, to]}; readable for the rules after it.
   *
   * @throws QueryProblem when it cannot be evaluated
   */
  SampleBatch record(Placed placed, RecordingRule rule, long from, long to) {
    long interval = placed.group().interval().toMillis();
    long first = firstAfter(placed.group(), from);
    long stretch = placed.circular() ? first : to;
    var all = SampleBatch.builder();
    while (first <= to) {
      SampleBatch batch = recordOver(placed.group(), rule, first, Math.min(stretch, to));
      recorded.append(batch);
      all.addAll(batch);
      first = firstAfter(placed.group(), Math.min(stretch, to));
      stretch += interval;
    }
    return all.build();
  }

  private SampleBatch recordOver(RuleGroup group, RecordingRule rule, long first, long to) {
    long interval = group.interval().toMillis();
    long offset = group.queryOffset().toMillis();
    long last = first + (to - first) / interval * interval;
    List<SeriesPoints> found = range(reader, rule.expr(), first - offset, last - offset, interval);
    int[] counts = counts(found, first - offset, interval, (int) ((last - first) / interval) + 1);
    Set<Labels> before = living.getOrDefault(rule.id(), Set.of());
    var after = new HashSet<Labels>();
    var seen = new HashSet<Labels>();
    var batch = SampleBatch.builder();
    for (SeriesPoints points : found) {
      Labels labels = rule.labelsFor(points.labels());
      if (!seen.add(labels)) {
        throw new QueryProblem(
            QueryProblem.Kind.EXECUTION,
            "vector contains metrics with the same labelset after applying rule labels: " + labels);
      }
      boolean alive = before.contains(labels);
      int next = 0;
      for (int i = 0; i < counts.length; i++) {
        long time = first - offset + i * interval;
        boolean has = next < points.size() && points.timestamps()[next] == time;
        boolean kept = has && !exceeds(group, counts[i]);
        if (kept || alive) {
          batch.add(labels, time, kept ? points.values()[next] : StaleMarker.VALUE);
        }
        alive = kept;
        next += has ? 1 : 0;
      }
      if (alive) {
        after.add(labels);
      }
    }
    before.stream()
        .filter(labels -> !seen.contains(labels))
        .forEach(labels -> batch.add(labels, first - offset, StaleMarker.VALUE));
    living.put(rule.id(), after);
    return batch.build();
  }

  /**
   * What an alerting rule finds in {@code (from, to]}, in order; what could not change anything is
   * left out.
   *
   * @throws QueryProblem when it cannot be evaluated
   */
  List<Evaluation> alerts(Placed placed, AlertingRule rule, long from, long to) {
    RuleGroup group = placed.group();
    long interval = group.interval().toMillis();
    long offset = group.queryOffset().toMillis();
    long first = firstAfter(group, from);
    if (first > to) {
      return List.of();
    }
    long last = first + (to - first) / interval * interval;
    var witness = new StepWitness(reader, first - offset, last - offset);
    List<SeriesPoints> found = range(witness, rule.expr(), first - offset, last - offset, interval);
    int steps = (int) ((last - first) / interval) + 1;
    int[] counts = counts(found, first - offset, interval, steps);
    Map<Long, List<Breach>> breaches = breaches(rule, found);
    boolean told = rule.spec().noData() == NoData.KEEP || rule.spec().noData() == NoData.ALERT;
    var evaluations = new ArrayList<Evaluation>();
    for (int i = 0; i < steps; i++) {
      long time = first + i * interval;
      List<Breach> mine = breaches.getOrDefault(time - offset, List.of());
      boolean empty = mine.isEmpty() && told && witness.sawNothing(rule.expr(), time - offset);
      Evaluation.Outcome outcome =
          exceeds(group, counts[i])
              ? new Evaluation.Outcome.Unknown("limit of " + group.limit() + " exceeded")
              : empty ? new Evaluation.Outcome.Empty() : new Evaluation.Outcome.Found(mine);
      if (!mine.isEmpty() || (empty && rule.spec().noData() == NoData.ALERT)) {
        lastBreach.put(rule.id(), time);
      }
      if (matters(rule, time, interval)) {
        Instant at = Instant.ofEpochMilli(time);
        evaluations.add(new Evaluation(rule.spec(), at, new Evaluation.Scope.Whole(), outcome));
      }
    }
    if (alertsAreRead) {
      evaluations.forEach(one -> keepAlerts(rule.id(), one));
    }
    return evaluations;
  }

  /** Long after the last breach has been taken back, finding nothing again changes nothing. */
  private boolean matters(AlertingRule rule, long time, long interval) {
    Long breach = lastBreach.get(rule.id());
    long kept = rule.spec().keepFiringFor().toMillis() + 3 * interval;
    return breach != null && time - breach <= kept;
  }

  private void keepAlerts(String id, Evaluation evaluation) {
    Alerts next =
        new AlertTracker()
            .advance(
                alertStates.getOrDefault(id, Alerts.NONE), List.of(evaluation), evaluation.at())
            .next();
    alertStates.put(id, next);
    var active = new ArrayList<Alert>(next.pending());
    active.addAll(next.firing());
    Recorded series =
        AlertSeries.at(evaluation.at(), active, alertSeries.getOrDefault(id, Recorded.NONE));
    alertSeries.put(id, series);
    recorded.append(series.samples());
  }

  /** What templates ask is answered from the past as well, recorded series included. */
  private Map<Long, List<Breach>> breaches(AlertingRule rule, List<SeriesPoints> found) {
    var byTime = new HashMap<Long, List<Breach>>();
    var ports = new HashMap<Long, QueryPort>();
    for (SeriesPoints points : found) {
      for (int i = 0; i < points.size(); i++) {
        long time = points.timestamps()[i];
        Breach breach =
            rule.texts()
                .headline()
                .breach(
                    rule.name(),
                    points.labels(),
                    points.values()[i],
                    Instant.ofEpochMilli(time),
                    site,
                    ports.computeIfAbsent(time, t -> queries.at(t).remembering()));
        byTime.computeIfAbsent(time, t -> new ArrayList<>()).add(breach);
      }
    }
    return byTime;
  }

  private static int[] counts(List<SeriesPoints> found, long first, long interval, int steps) {
    var counts = new int[steps];
    for (SeriesPoints points : found) {
      for (long time : points.timestamps()) {
        counts[(int) ((time - first) / interval)]++;
      }
    }
    return counts;
  }

  private static boolean exceeds(RuleGroup group, int count) {
    return group.limit() > 0 && count > group.limit();
  }

  private List<SeriesPoints> range(
      SeriesReader from, Expr expr, long first, long last, long interval) {
    return new Evaluator(from, limits).range(expr, first, last, interval).series();
  }
}

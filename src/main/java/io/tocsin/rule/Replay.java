package io.tocsin.rule;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.incident.Burning;
import io.tocsin.incident.Desk;
import io.tocsin.incident.Grouping;
import io.tocsin.incident.IncidentFold;
import io.tocsin.incident.Incidents;
import io.tocsin.incident.Publication;
import io.tocsin.incident.Recorder;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.RuleOrder.Placed;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.series.SeriesReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs rules over stored history, by the same tracker and desk as the live road, and tells which
 * incidents would have opened. Nothing is silenced and nobody acts. Rules of models are run over
 * the windows that are kept of them; rules of outside engines are left out.
 */
public final class Replay {

  /** The most evaluations of rules in one replay. */
  public static final long MAX_EVALUATIONS = 10_000_000;

  /** The longest stretch. */
  public static final Duration LONGEST = Duration.ofDays(31);

  private static final Duration STRETCH = Duration.ofHours(1);
  private static final Duration LONGEST_LEAD = Duration.ofDays(1);

  private final SeriesReader history;
  private final QueryLimits limits;
  private final Grouping grouping;
  private final SeverityPolicy severities;
  private final Site site;
  private final ModelHistory models;

  /**
   * @param history what is stored
   * @param limits of each query; when they say stop, the replay ends with a problem
   * @param grouping which alerts belong together
   * @param models what is kept of watched models
   */
  public Replay(
      SeriesReader history,
      QueryLimits limits,
      Grouping grouping,
      SeverityPolicy severities,
      Site site,
      ModelHistory models) {
    this.models = models;
    this.history = history;
    this.limits = limits;
    this.grouping = grouping;
    this.severities = severities;
    this.site = site;
  }

  /**
   * Runs the rules over a stretch. Evaluation begins earlier by the longest {@code for}, so that
   * what was pending at its begin is known.
   *
   * @throws RuleProblem when the stretch or the number of evaluations is too large
   * @throws QueryProblem when it was stopped
   */
  public ReplayReport run(List<RuleGroup> groups, Instant from, Instant to) {
    List<Placed> rules = RuleOrder.of(groups);
    var drift = new PastDrift(groups, models, site);
    Duration lead = longer(lead(rules), drift.lead());
    Instant begin = from.minus(longer(Duration.ZERO, lead));
    long evaluations = evaluations(rules, begin, to) + drift.evaluations(begin, to);
    requireBounds(from, to, evaluations);
    return new Run(rules, drift, groups, from, to, begin, evaluations).report();
  }

  static void requireBounds(Instant from, Instant to, long evaluations) {
    if (!from.isBefore(to)) {
      throw new RuleProblem("to", to.toString(), "a time after " + from);
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new RuleProblem("from", from.toString(), "at most 31 days before \"to\"");
    }
    if (evaluations > MAX_EVALUATIONS) {
      throw new RuleProblem(
          "from",
          evaluations + " evaluations of rules",
          "at most " + MAX_EVALUATIONS + ": a shorter stretch or longer intervals");
    }
  }

  static long evaluations(List<Placed> rules, Instant from, Instant to) {
    return rules.stream()
        .mapToLong(placed -> Duration.between(from, to).dividedBy(placed.group().interval()))
        .sum();
  }

  private static Duration lead(List<Placed> rules) {
    Duration longest = Duration.ZERO;
    for (Placed placed : rules) {
      if (placed.rule() instanceof AlertingRule alerting) {
        Duration lead = alerting.spec().holdFor().plus(alerting.spec().keepFiringFor());
        longest = lead.compareTo(longest) > 0 ? lead : longest;
      }
    }
    return longest.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : longest;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** One run of one set of rules. */
  private final class Run {
    private final List<Placed> rules;
    private final PastDrift drift;
    private final List<RuleGroup> groups;
    private final Instant from;
    private final Instant to;
    private final Instant begin;
    private final long evaluations;
    private final PastRules past;
    private final ReplayTale tale;
    private final Map<String, String> failed = new LinkedHashMap<>();
    private final AlertTracker tracker = new AlertTracker();
    private final IncidentFold fold = new IncidentFold(severities);
    private final Desk desk = new Desk(grouping, new Publication(Publication.Mode.NEVER, Set.of()));
    private Alerts alerts = Alerts.NONE;
    private Incidents incidents = Incidents.NONE;

    Run(
        List<Placed> rules,
        PastDrift drift,
        List<RuleGroup> groups,
        Instant from,
        Instant to,
        Instant begin,
        long evaluations) {
      this.rules = rules;
      this.drift = drift;
      this.groups = groups;
      this.from = from;
      this.to = to;
      this.begin = begin;
      this.evaluations = evaluations;
      this.past = new PastRules(rules, history, limits, site);
      this.tale = new ReplayTale(from, to);
    }

    ReplayReport report() {
      for (Instant start = begin; start.isBefore(to); start = start.plus(STRETCH)) {
        Instant end = start.plus(STRETCH).isBefore(to) ? start.plus(STRETCH) : to;
        stretch(start.toEpochMilli(), end.toEpochMilli());
      }
      List<String> quiet =
          Stream.concat(rules.stream().map(Placed::rule), drift.rules())
              .filter(rule -> !(rule instanceof RecordingRule))
              .map(Rule::name)
              .filter(name -> !tale.fired().containsKey(name))
              .distinct()
              .toList();
      List<String> reasons =
          failed.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
      var left = new ArrayList<>(skipped(groups));
      left.addAll(drift.unkept(from, to));
      return new ReplayReport(
          from, to, evaluations, tale.incidents(), tale.fired(), quiet, left, reasons);
    }

    private void stretch(long start, long end) {
      var found = new TreeMap<Instant, List<Evaluation>>();
      for (Placed placed : rules) {
        try {
          evaluate(placed, start, end, found);
        } catch (QueryProblem problem) {
          if (limits.stop().getAsBoolean()) {
            throw problem;
          }
          failed.putIfAbsent(placed.rule().name(), String.valueOf(problem.getMessage()));
        }
      }
      drift
          .between(start, end, limits)
          .forEach(one -> found.computeIfAbsent(one.at(), at -> new ArrayList<>()).add(one));
      found.forEach(this::play);
    }

    private void evaluate(
        Placed placed, long start, long end, Map<Instant, List<Evaluation>> found) {
      switch (placed.rule()) {
        case RecordingRule recording -> past.record(placed, recording, start, end);
        case AlertingRule alerting -> {
          for (Evaluation one : past.alerts(placed, alerting, start, end)) {
            found.computeIfAbsent(one.at(), at -> new ArrayList<>()).add(one);
          }
        }
        case DriftRule drift -> throw new IllegalStateException(drift.name());
      }
    }

    /** One cycle of the road: alerts, then incidents. */
    private void play(Instant at, List<Evaluation> results) {
      alerts = tracker.advance(alerts, results, at).next();
      List<Alert> firing = alerts.firing();
      if (firing.isEmpty() && incidents.open().isEmpty()) {
        return;
      }
      var recorder = new Recorder(fold, incidents);
      desk.reconcile(
          recorder,
          Burning.all(firing.stream().map(alert -> new MarkedAlert(alert, List.of())).toList()),
          at);
      recorder.events().forEach(tale::tell);
      incidents = recorder.incidents();
    }
  }

  static List<String> skipped(List<RuleGroup> groups) {
    var skipped = new ArrayList<String>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (group.source().isPresent() && !(rule instanceof DriftRule)) {
          skipped.add(rule.name() + ": it is evaluated by the source " + group.source().get());
        }
      }
    }
    return skipped;
  }
}

package io.tocsin;

import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.Evaluation;
import io.tocsin.drift.DriftTest;
import io.tocsin.engine.Engine;
import io.tocsin.engine.GroupRunner;
import io.tocsin.engine.RuleSchedule;
import io.tocsin.engine.ScheduledGroup;
import io.tocsin.label.Matcher;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.promql.Expr;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Selectors;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.GroupEvaluation;
import io.tocsin.rule.ModelRules;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.Target;
import io.tocsin.series.Journal;
import io.tocsin.series.MemoryStore;
import io.tocsin.source.RemoteQueries;
import io.tocsin.source.SourceSpec;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates the configured rules on their groups' intervals; knows how to take over others. */
final class RuleRoom implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RuleRoom.class);
  private static final int RULE_THREADS = 2;

  /**
   * Has every model with a rule keep hourly counts of four weeks, so that rules can be replayed.
   */
  private static final ReferenceSource FOR_REPLAYS =
      new ReferenceSource.Seasonal(ReferenceSource.Same.HOUR, 4);

  private final Engine engine;
  private final MemoryStore store;
  private final Journal journal;
  private final Models models;
  private final DriftJudge judge;
  private final Telemetry telemetry;
  private final RuleSchedule schedule;
  private final Map<String, Duration> took = new ConcurrentHashMap<>();
  private final Canary canary;
  private final Map<String, RuleHealth> recordings = new ConcurrentHashMap<>();
  private final Map<String, Integer> withoutSeries = new ConcurrentHashMap<>();
  private volatile Set<String> ruleIds = Set.of();
  private volatile List<RuleGroup> inForce = List.of();
  private volatile Map<String, RemoteQueries> sources = Map.of();
  private volatile Map<String, ModelSpec> modelSpecs = Map.of();

  RuleRoom(
      Engine engine,
      MemoryStore store,
      Journal journal,
      Models models,
      DriftJudge judge,
      Telemetry telemetry,
      InstantSource clock) {
    this.judge = judge;
    this.engine = engine;
    this.store = store;
    this.journal = journal;
    this.models = models;
    this.telemetry = telemetry;
    this.schedule = new RuleSchedule(RULE_THREADS, clock, engine.sink());
    this.canary = new Canary(store, journal, clock);
  }

  static Site site(Configuration configuration) {
    return new Site(configuration.externalLabels().toMap(), configuration.console().toString());
  }

  RuleSchedule schedule() {
    return schedule;
  }

  /** What travels the whole road to the rules, again and again. */
  Canary canary() {
    return canary;
  }

  /** How many alerting rules of a group met no series the last time; NaN before that. */
  double withoutSeries(RuleGroup group) {
    Integer count = withoutSeries.get(scheduled(group));
    return count == null ? Double.NaN : count;
  }

  private static String scheduled(RuleGroup group) {
    return group.file() + ";" + group.name();
  }

  /** The groups that are evaluated now: after a reload other ones than at the start. */
  List<RuleGroup> inForce() {
    return inForce;
  }

  /** How long the last evaluation of a group took; no time when it was not evaluated yet. */
  Duration took(RuleGroup group) {
    return schedule.took(scheduled(group));
  }

  /** How long a rule took last; no time when it was not evaluated yet. */
  Duration took(Rule rule) {
    return took.getOrDefault(rule.id(), Duration.ZERO);
  }

  /** How each recording rule fared when it last ran, by its id. */
  Map<String, RuleHealth> recordings() {
    return recordings;
  }

  /** Evaluates the rules of another configuration from now on. */
  void replace(Configuration configuration) {
    modelSpecs =
        configuration.models().stream()
            .collect(Collectors.toUnmodifiableMap(ModelSpec::name, spec -> spec));
    Map<String, RemoteQueries> before = sources;
    sources =
        configuration.sources().stream()
            .collect(Collectors.toUnmodifiableMap(SourceSpec::name, spec -> asked(spec, before)));
    var groups = new ArrayList<ScheduledGroup>();
    var questions = new ArrayList<DriftQuestion>();
    var ids = new HashSet<String>();
    var reaches = new HashMap<List<Matcher>, Duration>();
    for (RuleGroup group : configuration.rules()) {
      whatRulesReach(group, questions, ids, reaches);
      groups.add(
          new ScheduledGroup(
              scheduled(group),
              group.interval(),
              group.source().map(name -> "source-" + name).orElse(ScheduledGroup.HERE),
              runner(group, site(configuration))));
    }
    store.keepOnly(reaches);
    models.configure(configuration.models(), questions);
    var gone = new HashSet<>(ruleIds);
    gone.removeAll(ids);
    engine.retire(gone);
    ruleIds = Set.copyOf(ids);
    judge.keepOnly(List.copyOf(ids));
    Set<String> known =
        configuration.rules().stream()
            .flatMap(group -> group.rules().stream())
            .map(Rule::id)
            .collect(Collectors.toSet());
    took.keySet().retainAll(known);
    recordings.keySet().retainAll(known);
    inForce = List.copyOf(configuration.rules());
    schedule.replace(groups);
    before.values().stream()
        .filter(source -> !sources.containsValue(source))
        .forEach(RemoteQueries::close);
  }

  /** A source that stays the same keeps its connections and what it knows of its own health. */
  private static RemoteQueries asked(SourceSpec spec, Map<String, RemoteQueries> before) {
    RemoteQueries known = before.get(spec.name());
    return known != null && known.asks(spec) ? known : new RemoteQueries(spec);
  }

  private void whatRulesReach(
      RuleGroup group,
      List<DriftQuestion> questions,
      Set<String> ids,
      Map<List<Matcher>, Duration> reaches) {
    for (Rule rule : group.rules()) {
      switch (rule) {
        case AlertingRule alerting -> {
          ids.add(alerting.spec().ruleId());
          reach(alerting.expr(), group, reaches);
        }
        case RecordingRule recording -> reach(recording.expr(), group, reaches);
        case DriftRule drift -> {
          ids.add(drift.spec().ruleId());
          questions.addAll(questions(drift));
        }
      }
    }
  }

  /** A question of a drift rule's window and reference, so that models remember enough. */
  private List<DriftQuestion> questions(DriftRule rule) {
    Target target = rule.terms().target();
    Stream<ModelSpec> asked =
        target.any()
            ? Stream.concat(
                modelSpecs.values().stream(), models.all().stream().map(ModelWatch::spec))
            : Stream.of(modelSpecs.getOrDefault(target.model(), ModelSpec.of(target.model())));
    return asked
        .flatMap(
            own ->
                Stream.of(rule.terms().reference().orElse(own.reference()), FOR_REPLAYS)
                    .map(
                        reference ->
                            new DriftQuestion(
                                own.name(),
                                Subject.PREDICTION,
                                DriftTest.PSI,
                                rule.terms().window().orElse(own.window()),
                                reference,
                                1)))
        .toList();
  }

  private static void reach(Expr expr, RuleGroup group, Map<List<Matcher>, Duration> into) {
    if (group.source().isPresent()) {
      return;
    }
    for (Selectors.Reach reach : Selectors.of(expr, QueryLimits.DEFAULT.lookbackMillis())) {
      if (reach.reachMillis() != Selectors.UNBOUNDED) {
        Duration range = Duration.ofMillis(reach.reachMillis()).plus(group.queryOffset());
        into.merge(reach.matchers(), range, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
  }

  private GroupRunner runner(RuleGroup group, Site site) {
    var drift = new ModelRules(judge);
    GroupEvaluation evaluation =
        group
            .source()
            .map(sources::get)
            .map(elsewhere -> new GroupEvaluation(group, elsewhere, site, journal::observe, drift))
            .orElseGet(
                () ->
                    new GroupEvaluation(
                        group, store, QueryLimits.DEFAULT, site, journal::observe, drift));
    return at -> evaluate(evaluation, at);
  }

  private List<Evaluation> evaluate(GroupEvaluation evaluation, Instant at) {
    String group = evaluation.group().name();
    long began = System.nanoTime();
    GroupEvaluation.Round round = evaluation.evaluate(at, System::nanoTime);
    took.putAll(round.took());
    noteRecordings(evaluation.group(), round, at);
    canary.look();
    telemetry.record(Meter.RULE_DURATION, Duration.ofNanos(System.nanoTime() - began), group);
    telemetry.add(Meter.RULE_EVALUATIONS, evaluation.group().rules().size(), group);
    long nothing =
        round.evaluations().stream()
            .filter(one -> one.outcome() instanceof Evaluation.Outcome.Empty)
            .count();
    withoutSeries.put(scheduled(evaluation.group()), Math.toIntExact(nothing));
    // Also when there is none: an increase is seen only from a series that was there before.
    telemetry.add(Meter.RULE_FAILURES, (double) round.failed(), group);
    round
        .failures()
        .forEach(
            failure ->
                log.warn("rule {} of {}: {}", failure.rule().name(), group, failure.reason()));
    return round.evaluations();
  }

  private void noteRecordings(RuleGroup group, GroupEvaluation.Round round, Instant at) {
    for (Rule rule : group.rules()) {
      if (rule instanceof RecordingRule) {
        recordings.put(rule.id(), new RuleHealth(RuleHealth.State.OK, "", at));
      }
    }
    round
        .failures()
        .forEach(
            failure ->
                recordings.put(
                    failure.rule().id(),
                    new RuleHealth(RuleHealth.State.ERR, failure.reason(), at)));
  }

  @Override
  public void close() throws InterruptedException {
    schedule.close();
    sources.values().forEach(RemoteQueries::close);
  }
}

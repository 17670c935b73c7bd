package io.tocsin;

import io.tocsin.alert.AlertView;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.HeldAlertStore;
import io.tocsin.channel.ActionLinks;
import io.tocsin.channel.Channels;
import io.tocsin.channel.Outside;
import io.tocsin.engine.ArrivalEvaluation;
import io.tocsin.engine.DirectPages;
import io.tocsin.engine.Engine;
import io.tocsin.engine.EpisodeRecorder;
import io.tocsin.engine.GroupRunner;
import io.tocsin.engine.IncidentListener;
import io.tocsin.engine.MuteBoard;
import io.tocsin.engine.OutboxRelay;
import io.tocsin.engine.Policies;
import io.tocsin.engine.PostedAlertRoom;
import io.tocsin.engine.RelaySettings;
import io.tocsin.engine.RosterBoard;
import io.tocsin.engine.RuleSchedule;
import io.tocsin.engine.ScheduledGroup;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.http.HookSettings;
import io.tocsin.incident.IncidentStore;
import io.tocsin.label.Matcher;
import io.tocsin.model.DriftAnswer;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.Models;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.RoutingTree;
import io.tocsin.notify.Threads;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.promql.Expr;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Selectors;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.GroupEvaluation;
import io.tocsin.rule.PointwiseRules;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.series.Journal;
import io.tocsin.series.MemoryStore;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.silence.SilenceStore;
import io.tocsin.source.RemoteQueries;
import io.tocsin.source.SourceSpec;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine with all that turns beside it: rule ticks, evaluation on arrival, mutes, relay. Knows
 * how to take over another configuration.
 */
final class EngineRoom implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EngineRoom.class);
  private static final int RULE_THREADS = 2;
  private static final double ARRIVAL_BUDGET = 0.2;

  /** Durable ports and surroundings. */
  record Ports(
      Vertx vertx,
      Outbox outbox,
      IncidentStore incidents,
      SilenceStore silences,
      MaintenanceStore maintenances,
      EpisodeStore episodes,
      HeldAlertStore held,
      ShiftOverrideStore overrides,
      Threads threads,
      ActionLinks actions,
      MemoryStore store,
      Journal journal,
      Models models,
      Telemetry telemetry,
      InstantSource clock) {}

  private final Ports ports;
  private final Engine engine;
  private final MuteBoard mutes;
  private final RosterBoard roster;
  private final OutboxRelay relay;
  private final DirectPages direct;
  private final EpisodeRecorder episodes;
  private final PostedAlertRoom posted;
  private final RuleSchedule schedule;
  private final ArrivalEvaluation arrival;
  private volatile EscalationPolicies escalation;
  private volatile Channels channels;
  private volatile RoutingTree tree;
  private volatile Duration resolveTimeout;
  private volatile HookSettings hooks;
  private volatile PointwiseRules pointwise;
  private volatile Set<String> ruleIds = Set.of();
  private volatile Map<String, RemoteQueries> sources = Map.of();
  private volatile Map<String, ModelSpec> modelSpecs = Map.of();

  EngineRoom(
      Ports ports, Configuration configuration, IncidentListener listener, Runnable deposed) {
    this.ports = ports;
    this.escalation = configuration.oncall().escalation();
    this.channels = channels(configuration);
    this.pointwise = pointwise(configuration);
    this.mutes =
        new MuteBoard(ports.silences, ports.maintenances, configuration.inhibitions(), ports.clock);
    this.roster = new RosterBoard(ports.overrides, configuration.oncall().roster(), ports.clock);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    this.direct = new DirectPages(this::channel, RelaySettings.DEFAULT, ports.clock, random);
    this.relay =
        new OutboxRelay(
            ports.outbox,
            this::channel,
            RelaySettings.DEFAULT,
            ports.clock,
            random,
            direct::told,
            (message, attempt, fate) -> {
              direct.tried(message, attempt, fate);
              String receiver = message.destination().toString();
              ports.telemetry.count(
                  Meter.DELIVERIES, receiver, attempt.delivered() ? "delivered" : "failed");
              ports.telemetry.record(Meter.DELIVERY_DURATION, attempt.took(), receiver);
            });
    this.tree = tree(configuration);
    this.resolveTimeout = configuration.routing().resolveTimeout();
    this.hooks = configuration.hooks();
    this.episodes = new EpisodeRecorder(ports.episodes, alert -> tree.routes(alert), this::alerts);
    this.engine =
        new Engine(
            policies(configuration),
            new Engine.Ports(
                ports.outbox,
                ports.incidents,
                ports.clock,
                mutes,
                relay,
                direct,
                listener,
                episodes,
                deposed));
    this.posted = new PostedAlertRoom(ports.held, engine::submit, ports.clock);
    this.schedule = new RuleSchedule(RULE_THREADS, ports.clock, engine.sink());
    this.arrival =
        new ArrivalEvaluation(
            batch -> pointwise.evaluate(batch, ports.clock.instant()),
            engine.sink(),
            ARRIVAL_BUDGET,
            System::nanoTime);
    watchArrivals();
  }

  /** Samples that a pointwise rule reads are evaluated as they become readable. */
  private void watchArrivals() {
    PointwiseRules rules = pointwise;
    ports.store.watch(rules::reads, arrival::arrived);
  }

  private Optional<Channel> channel(Destination destination) {
    return Optional.ofNullable(channels.byDestination().get(destination));
  }

  private Channels channels(Configuration configuration) {
    return Channels.read(
        configuration.receivers(),
        new Outside(
            ports.vertx,
            configuration.console(),
            ports.clock,
            configuration.smtp(),
            Optional.of(ports.actions),
            ports.threads));
  }

  private Policies policies(Configuration configuration) {
    return new Policies(
        configuration.severities(),
        configuration.page().publication(),
        tree,
        new Receivers(channels.byReceiver()),
        configuration.oncall().escalation(),
        roster);
  }

  private static RoutingTree tree(Configuration configuration) {
    return new RoutingTree(
        configuration.route().orElseGet(() -> RouteSpec.to("nobody")),
        configuration.routing().storm(),
        configuration.routing().severities());
  }

  private AlertView alerts() {
    return engine.alerts();
  }

  /** Who hears of what now. */
  RoutingTree routes() {
    return tree;
  }

  /** How long a posted alert without an end lasts. */
  Duration resolveTimeout() {
    return resolveTimeout;
  }

  /** Who may tell us of alerts now. */
  HookSettings hooks() {
    return hooks;
  }

  /** The door for alerts that others found. */
  PostedAlertRoom posted() {
    return posted;
  }

  private PointwiseRules pointwise(Configuration configuration) {
    return new PointwiseRules(
        configuration.rules(), ports.store, QueryLimits.DEFAULT, site(configuration));
  }

  private static Site site(Configuration configuration) {
    return new Site(configuration.externalLabels().toMap(), configuration.console().toString());
  }

  Engine engine() {
    return engine;
  }

  OutboxRelay relay() {
    return relay;
  }

  RuleSchedule schedule() {
    return schedule;
  }

  private static String scheduled(RuleGroup group) {
    return group.file() + ";" + group.name();
  }

  /** How long the last evaluation of a group took; no time when it was not evaluated yet. */
  Duration took(RuleGroup group) {
    return schedule.took(scheduled(group));
  }

  ArrivalEvaluation arrival() {
    return arrival;
  }

  MuteBoard mutes() {
    return mutes;
  }

  RosterBoard roster() {
    return roster;
  }

  Channels channels() {
    return channels;
  }

  EscalationPolicies escalation() {
    return escalation;
  }

  /** Starts in order; blocks until the state is restored. */
  void start(Configuration configuration) {
    mutes.depend(configuration.routing().dependencies());
    mutes.start(engine::wake);
    roster.start();
    direct.start();
    episodes.start();
    engine.start();
    posted.start(engine.alerts(), resolveTimeout);
    relay.start();
    arrival.start();
    replaceRules(configuration);
  }

  /** Reads what only the engine reads, receivers, routes and sources; throws when they are bad. */
  void check(Configuration configuration) {
    channels(configuration);
    configuration.sources().forEach(source -> new RemoteQueries(source).close());
  }

  /** Decides by another configuration from now on. */
  void reconfigure(Configuration configuration) {
    channels = channels(configuration);
    pointwise = pointwise(configuration);
    tree = tree(configuration);
    resolveTimeout = configuration.routing().resolveTimeout();
    hooks = configuration.hooks();
    watchArrivals();
    mutes.reconfigure(configuration.inhibitions());
    mutes.depend(configuration.routing().dependencies());
    escalation = configuration.oncall().escalation();
    roster.reconfigure(configuration.oncall().roster());
    engine.reconfigure(policies(configuration));
    replaceRules(configuration);
  }

  private void replaceRules(Configuration configuration) {
    modelSpecs =
        configuration.models().stream()
            .collect(Collectors.toUnmodifiableMap(ModelSpec::name, spec -> spec));
    Map<String, RemoteQueries> before = sources;
    sources =
        configuration.sources().stream()
            .collect(Collectors.toUnmodifiableMap(SourceSpec::name, RemoteQueries::new));
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
    ports.store.keepOnly(reaches);
    ports.models.configure(configuration.models(), questions);
    var gone = new HashSet<>(ruleIds);
    gone.removeAll(ids);
    engine.retire(gone);
    ruleIds = Set.copyOf(ids);
    schedule.replace(groups);
    before.values().forEach(RemoteQueries::close);
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
          questions.add(question(drift));
        }
      }
    }
  }

  /** What a drift rule asks, with what it leaves open taken from the model's configuration. */
  private DriftQuestion question(DriftRule rule) {
    return rule.question(modelSpecs.getOrDefault(rule.model(), ModelSpec.of(rule.model())));
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
    BiFunction<DriftRule, Instant, DriftAnswer> models =
        (rule, at) -> ports.models.answer(question(rule), at);
    GroupEvaluation evaluation =
        group
            .source()
            .map(sources::get)
            .map(
                elsewhere ->
                    new GroupEvaluation(group, elsewhere, site, ports.journal::observe, models))
            .orElseGet(
                () ->
                    new GroupEvaluation(
                        group,
                        ports.store,
                        QueryLimits.DEFAULT,
                        site,
                        ports.journal::observe,
                        models));
    return at -> evaluate(evaluation, at);
  }

  private List<Evaluation> evaluate(GroupEvaluation evaluation, Instant at) {
    String group = evaluation.group().name();
    long began = System.nanoTime();
    GroupEvaluation.Round round = evaluation.evaluate(at);
    ports.telemetry.record(Meter.RULE_DURATION, Duration.ofNanos(System.nanoTime() - began), group);
    ports.telemetry.add(Meter.RULE_EVALUATIONS, evaluation.group().rules().size(), group);
    long unknown =
        round.evaluations().stream()
            .filter(one -> one.outcome() instanceof Evaluation.Outcome.Unknown)
            .count();
    if (unknown + round.failures().size() > 0) {
      ports.telemetry.add(Meter.RULE_FAILURES, unknown + round.failures().size(), group);
    }
    round
        .failures()
        .forEach(
            failure ->
                log.warn("rule {} of {}: {}", failure.rule().name(), group, failure.reason()));
    return round.evaluations();
  }

  @Override
  public void close() throws InterruptedException {
    schedule.close();
    arrival.close();
    posted.close();
    engine.close();
    episodes.close();
    relay.close();
    direct.close();
    mutes.close();
    sources.values().forEach(RemoteQueries::close);
    roster.close();
  }
}

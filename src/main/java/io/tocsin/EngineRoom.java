package io.tocsin;

import io.tocsin.access.OutboundGuard;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.HeldAlertStore;
import io.tocsin.channel.ActionLinks;
import io.tocsin.channel.Channels;
import io.tocsin.channel.Outside;
import io.tocsin.channel.SlackReply;
import io.tocsin.engine.ArrivalEvaluation;
import io.tocsin.engine.DirectPages;
import io.tocsin.engine.Engine;
import io.tocsin.engine.EpisodeRecorder;
import io.tocsin.engine.IncidentListener;
import io.tocsin.engine.MuteBoard;
import io.tocsin.engine.OutboxRelay;
import io.tocsin.engine.Policies;
import io.tocsin.engine.PostedAlertRoom;
import io.tocsin.engine.RelaySettings;
import io.tocsin.engine.RosterBoard;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.http.HookSettings;
import io.tocsin.incident.IncidentStore;
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
import io.tocsin.promql.QueryLimits;
import io.tocsin.rule.PointwiseRules;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.series.Journal;
import io.tocsin.series.MemoryStore;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.silence.SilenceStore;
import io.tocsin.source.RemoteQueries;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The engine with all that turns beside it: rule ticks, evaluation on arrival, mutes, relay. Knows
 * how to take over another configuration.
 */
final class EngineRoom implements AutoCloseable {

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
      DriftJudge judge,
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
  private final RuleRoom rules;
  private final ArrivalEvaluation arrival;
  private volatile EscalationPolicies escalation;
  private volatile Channels channels;
  private volatile RoutingTree tree;
  private volatile Duration resolveTimeout;
  private volatile HookSettings hooks;
  private volatile DeskSettings desk;
  private volatile PointwiseRules pointwise;

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
            },
            destination -> channels.throttle(destination));
    this.tree = tree(configuration);
    this.resolveTimeout = configuration.routing().resolveTimeout();
    this.hooks = configuration.hooks();
    this.desk = configuration.desk();
    this.episodes =
        new EpisodeRecorder(
            ports.episodes, alert -> tree.routes(alert), this::alerts, this::stormBlows);
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
    this.rules =
        new RuleRoom(
            engine,
            ports.store,
            ports.journal,
            ports.models,
            ports.judge,
            ports.telemetry,
            ports.clock);
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
    PointwiseRules reading = pointwise;
    ports.store.watch(reading::reads, arrival::arrived);
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
        receivers(),
        configuration.oncall().escalation(),
        roster,
        configuration.desk().correlation(),
        configuration.oncall().team());
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

  /** How each receiver is reached now. */
  Receivers receivers() {
    return new Receivers(channels.byReceiver(), channels.notes());
  }

  /** How long a posted alert without an end lasts. */
  Duration resolveTimeout() {
    return resolveTimeout;
  }

  /** Who may tell us of alerts now. */
  HookSettings hooks() {
    return hooks;
  }

  /** What belongs together and what it costs, now. */
  DeskSettings desk() {
    return desk;
  }

  /** The door for alerts that others found. */
  PostedAlertRoom posted() {
    return posted;
  }

  private PointwiseRules pointwise(Configuration configuration) {
    return new PointwiseRules(
        configuration.rules(),
        ports.store,
        QueryLimits.DEFAULT,
        RuleRoom.site(configuration),
        id -> engine.live(id));
  }

  Engine engine() {
    return engine;
  }

  OutboxRelay relay() {
    return relay;
  }

  /** The alerts and the health of every rule, recording rules included. */
  AlertView alertView() {
    return new RuleView(engine.alerts(), rules);
  }

  RuleRoom rules() {
    return rules;
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

  private boolean stormBlows() {
    return engine.busy();
  }

  /** Tells who pressed a button in Slack what they would not see otherwise. */
  SlackReply slackReply(OutboundGuard guard) {
    return new SlackReply(ports.vertx, guard);
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
    posted.start(engine.alerts(), ports.incidents, resolveTimeout);
    relay.start();
    arrival.start();
    rules.replace(configuration);
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
    desk = configuration.desk();
    watchArrivals();
    mutes.reconfigure(configuration.inhibitions());
    mutes.depend(configuration.routing().dependencies());
    escalation = configuration.oncall().escalation();
    roster.reconfigure(configuration.oncall().roster());
    engine.reconfigure(policies(configuration));
    rules.replace(configuration);
  }

  @Override
  public void close() throws InterruptedException {
    rules.close();
    arrival.close();
    posted.close();
    engine.close();
    episodes.close();
    relay.close();
    direct.close();
    mutes.close();
    roster.close();
  }
}

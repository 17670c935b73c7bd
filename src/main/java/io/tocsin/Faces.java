package io.tocsin;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.SignedText;
import io.tocsin.http.AlertRoutes;
import io.tocsin.http.AlertmanagerAlertRoutes;
import io.tocsin.http.AlertmanagerHookRoutes;
import io.tocsin.http.AlertmanagerSilenceRoutes;
import io.tocsin.http.AlertmanagerStatusRoutes;
import io.tocsin.http.AuditTrail;
import io.tocsin.http.Blocking;
import io.tocsin.http.ButtonRoutes;
import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.CardinalityRoutes;
import io.tocsin.http.ChangeRoutes;
import io.tocsin.http.CheckRoutes;
import io.tocsin.http.ContractRoutes;
import io.tocsin.http.DeliveryRoutes;
import io.tocsin.http.DriftRoutes;
import io.tocsin.http.ExperimentRoutes;
import io.tocsin.http.ExplainRoutes;
import io.tocsin.http.FindingRoutes;
import io.tocsin.http.FollowUpRoutes;
import io.tocsin.http.GenericHookRoutes;
import io.tocsin.http.GrafanaHookRoutes;
import io.tocsin.http.GroupRoutes;
import io.tocsin.http.HeartbeatRoutes;
import io.tocsin.http.HookDoor;
import io.tocsin.http.IncidentRoutes;
import io.tocsin.http.InfluxRoutes;
import io.tocsin.http.LifeCycleRoutes;
import io.tocsin.http.ListenAddress;
import io.tocsin.http.Listener;
import io.tocsin.http.MaintenanceRoutes;
import io.tocsin.http.MetricsRoutes;
import io.tocsin.http.ModelRoutes;
import io.tocsin.http.OnCallRoutes;
import io.tocsin.http.OtlpRoutes;
import io.tocsin.http.PagerDutyEventRoutes;
import io.tocsin.http.PagerDutyHookRoutes;
import io.tocsin.http.PostmortemRoutes;
import io.tocsin.http.PrometheusAdminRoutes;
import io.tocsin.http.PrometheusQueryRoutes;
import io.tocsin.http.PrometheusRuleRoutes;
import io.tocsin.http.PrometheusSeriesRoutes;
import io.tocsin.http.PrometheusStatusRoutes;
import io.tocsin.http.PrometheusTargetRoutes;
import io.tocsin.http.PushRoutes;
import io.tocsin.http.QueryPool;
import io.tocsin.http.ReceiverRoutes;
import io.tocsin.http.RemoteWriteRoutes;
import io.tocsin.http.ReportRoutes;
import io.tocsin.http.ResponseRoutes;
import io.tocsin.http.Routes;
import io.tocsin.http.RuleHistoryRoutes;
import io.tocsin.http.RunbookRoutes;
import io.tocsin.http.SampleIntake;
import io.tocsin.http.SampleRoutes;
import io.tocsin.http.SilenceRoutes;
import io.tocsin.http.StatusRoutes;
import io.tocsin.http.UpdateRoutes;
import io.tocsin.http.oidc.GuardedHttp;
import io.tocsin.http.oidc.OidcSettings;
import io.tocsin.http.oidc.OidcSignOn;
import io.tocsin.http.oidc.SignOn;
import io.tocsin.incident.Incident;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.label.Labels;
import io.tocsin.postgres.PostgresFollowUps;
import io.tocsin.postgres.PostgresKeys;
import io.tocsin.postgres.PostgresUnsavedTexts;
import io.tocsin.promql.SampleRoom;
import io.tocsin.rule.Replay;
import io.tocsin.rule.ReplayReport;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.rule.drift.Finding;
import io.tocsin.silence.SilenceBook;
import io.tocsin.telemetry.Meter;
import io.tocsin.web.ActionPages;
import io.tocsin.web.Assets;
import io.tocsin.web.ConsolePorts;
import io.tocsin.web.ConsoleRoutes;
import io.tocsin.web.DeskPorts;
import io.tocsin.web.PublicRoutes;
import io.tocsin.web.Workbench;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The two listeners with all that is mounted on them. */
final class Faces implements AutoCloseable {

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(10);
  private static final int PAGE_LOOPS = 2;
  private static final int CALLS = 256;
  private static final int QUERIES = 2;
  private static final int WAITING_QUERIES = 64;
  private static final int WAITING_COMPUTATIONS = 8;

  private final Listener ops;
  private final Listener page;
  private final Gate gate;
  private final Blocking blocking;
  private final QueryPool queries;
  private final QueryPool computations;

  private Faces(
      Listener ops,
      Listener page,
      Gate gate,
      Blocking blocking,
      QueryPool queries,
      QueryPool computations) {
    this.ops = ops;
    this.page = page;
    this.gate = gate;
    this.blocking = blocking;
    this.queries = queries;
    this.computations = computations;
  }

  /** Opens both; each has event loops of its own. */
  static Faces open(
      Server.Parts parts, Assets assets, Vertx opsLoops, Vertx pageLoops, ServerExtras extras)
      throws Exception {
    Configuration configuration = parts.configuration();
    var blocking = new Blocking(CALLS);
    var queries = new QueryPool(QUERIES, WAITING_QUERIES);
    parts.telemetry().queue("queries", queries::waiting, WAITING_QUERIES);
    var computations = new QueryPool(1, WAITING_COMPUTATIONS);
    parts.telemetry().queue("computations", computations::waiting, WAITING_COMPUTATIONS);
    parts.telemetry().queue("calls", blocking::underWay, CALLS);
    var gate =
        new Gate(
            configuration,
            parts.stores(),
            configuration.auth().oidc().map(it -> signOn(it, parts, opsLoops)),
            parts.data(),
            blocking,
            parts.clock());
    if (gate.needsFirst()) {
      SetupLink.write(gate.setup(), configuration.console(), parts.data(), parts.clock().instant());
    } else {
      SetupLink.remove(parts.data());
    }
    parts.telemetry().queue("audit", gate.trail()::waiting, AuditTrail.WAITING);
    var site = new PublicRoutes(parts.site(), assets, configuration.page().door());
    Listener page =
        await(
            Listener.open(pageLoops, configuration.publicPage(), site, List.of(site), PAGE_LOOPS));
    var silences =
        new SilenceBook(
            parts.stores().silences(),
            () -> UUID.randomUUID().toString(),
            configuration.routing().secondPerson(),
            parts.engine().mutes()::refresh);
    var mount =
        new Mount(parts, new Reload(parts), silences, blocking, queries, computations, gate);
    List<Routes> routes = new ArrayList<>(gate.routes());
    routes.addAll(mount.routes(extras));
    routes.add(mount.actions(assets));
    routes.add(mount.console(assets, page.address(), extras));
    Listener ops =
        await(
            Listener.guarded(
                opsLoops,
                configuration.ops(),
                configuration.hosts(),
                gate.authentication(),
                routes));
    return new Faces(ops, page, gate, blocking, queries, computations);
  }

  private static SignOn signOn(OidcSettings settings, Server.Parts parts, Vertx vertx) {
    byte[] key = new PostgresKeys(parts.foundation().database()).of("sign-on");
    return new OidcSignOn(
        settings,
        new GuardedHttp(vertx, parts.configuration().outbound()),
        new SignedText(key),
        new SecureRandom());
  }

  private static Listener await(Future<Listener> listener) throws Exception {
    return listener
        .toCompletionStage()
        .toCompletableFuture()
        .get(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Forgets sessions that are over. */
  void forgetSessions() {
    gate.forget();
  }

  ListenAddress console() {
    return ops.address();
  }

  ListenAddress page() {
    return page.address();
  }

  @Override
  public void close() throws Exception {
    Future.join(ops.close(), page.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    gate.close();
    queries.close();
    computations.close();
    blocking.close();
  }

  /** Everything on the operations listener: a new resource is a file and a line here. */
  private record Mount(
      Server.Parts parts,
      Reload reload,
      SilenceBook silences,
      Blocking blocking,
      QueryPool queries,
      QueryPool computations,
      Gate gate) {

    List<Routes> routes(ServerExtras extras) {
      parts.telemetry().gauge(Meter.CONFIG_LOADED, () -> reload.refused() ? 0 : 1);
      var clock = parts.clock();
      Stores stores = parts.stores();
      var alerts = parts.engine().engine().alerts();
      var intake =
          new SampleIntake(
              parts.journal(),
              parts.foundation().metadata(),
              parts.configuration().otlp(),
              IngestLimits.DEFAULT,
              blocking,
              parts.telemetry(),
              clock);
      var started = clock.instant();
      var door =
          new HookDoor(
              parts.engine().posted(),
              parts.engine().engine(),
              parts.engine().engine()::incidentOf,
              stores.incidents(),
              stores.hooks(),
              clock);
      var view = new PrometheusView(reload, parts.foundation().store(), parts.probes());
      return new ArrayList<>(
          List.of(
              new LifeCycleRoutes(parts.health(), reload::run, blocking),
              new MetricsRoutes(parts.telemetry(), blocking),
              new RemoteWriteRoutes(intake),
              new OtlpRoutes(intake),
              new InfluxRoutes(intake),
              new SampleRoutes(intake),
              new PushRoutes(intake, parts.pushed(), blocking),
              new HeartbeatRoutes(
                  token -> parts.probes().heartbeats().ping(token, clock.instant())),
              new PrometheusQueryRoutes(
                  parts.foundation().reader(),
                  parts.configuration().limits().query(),
                  SampleRoom.inHeap(Runtime.getRuntime().maxMemory()),
                  queries,
                  clock),
              new PrometheusSeriesRoutes(
                  parts.foundation().reader(), parts.foundation().metadata(), queries, clock),
              new PrometheusStatusRoutes(
                  view.about(started, QUERIES),
                  parts.foundation().store(),
                  view::held,
                  queries,
                  clock),
              new CardinalityRoutes(
                  parts.foundation().store(), parts.foundation().store()::census, queries),
              new PrometheusAdminRoutes(parts.foundation().deletion(clock), blocking),
              new PrometheusTargetRoutes(view, parts.foundation().metadata()),
              new PrometheusRuleRoutes(
                  () -> reload.current().rules(),
                  alerts,
                  parts.engine().rules()::took,
                  parts.engine().rules()::took),
              new IncidentRoutes(
                  stores.incidents(), parts.engine().engine(), stores.changes(), blocking, clock),
              new PostmortemRoutes(
                  parts.postmortems().postmortems(),
                  parts.postmortems()::evidence,
                  blocking,
                  clock),
              new AlertRoutes(alerts),
              new PagerDutyEventRoutes(
                  parts.engine()::hooks, door, stores.changes(), Mount::fresh, blocking),
              new PagerDutyHookRoutes(parts.engine()::hooks, door, blocking),
              new GrafanaHookRoutes(parts.engine()::hooks, door, blocking),
              new GenericHookRoutes(parts.engine()::hooks, door, blocking),
              new AlertmanagerHookRoutes(parts.engine().posted(), blocking, clock),
              new ChangeRoutes(stores.changes(), Mount::fresh, blocking, clock),
              new SilenceRoutes(silences, stores.episodes(), alerts, blocking, clock),
              new AlertmanagerAlertRoutes(
                  new AlertmanagerAlertRoutes.Ports(
                      alerts,
                      parts.engine().posted(),
                      parts.engine()::routes,
                      parts.engine()::resolveTimeout,
                      clock),
                  blocking),
              new AlertmanagerSilenceRoutes(silences, blocking, clock),
              new AlertmanagerStatusRoutes(parts.engine()::routes, Version.text(), started),
              new ResponseRoutes(
                  stores.incidents(),
                  parts.engine().engine(),
                  stores.changes(),
                  new Checklists(parts.configuration().runbooks())::of,
                  new ResponseRoutes.Economy(
                      () -> parts.engine().desk().correlation(),
                      () -> parts.engine().desk().cost()),
                  blocking,
                  clock),
              new ExplainRoutes(witness(), blocking, clock),
              new GroupRoutes(parts.engine().engine()::groups),
              new CheckRoutes(
                  parts.roster(), parts.probes()::states, stores.results(), blocking, clock),
              new DeliveryRoutes(stores.outbox(), blocking, clock),
              new MaintenanceRoutes(operations().maintenance(), blocking, clock),
              new ReceiverRoutes(
                  operations().receivers().port(), stores.incidents(), blocking, clock),
              new ButtonRoutes(
                  parts.configuration().oncall().buttons().slack(),
                  parts.configuration().oncall().buttons().telegram(),
                  parts.engine().engine(),
                  clock),
              new UpdateRoutes(stores.incidents(), parts.engine().engine(), blocking),
              new ReportRoutes(operations().reports(), blocking, clock),
              new FollowUpRoutes(
                  parts.postmortems().postmortems(),
                  new PostgresFollowUps(parts.foundation().database()),
                  stores.incidents(),
                  parts.postmortems()::evidence,
                  (receiver, title, text) ->
                      parts.engine().channels().openIssue(receiver, title, text),
                  blocking,
                  clock),
              new OnCallRoutes(operations().shifts(), parts.engine()::escalation, blocking, clock),
              calendars(),
              new ModelRoutes(parts.models(), blocking, clock),
              new DriftRoutes(computations),
              new FindingRoutes(stores.findings(), stores.incidents(), this::findings, blocking),
              new RunbookRoutes(parts.stores().runbooks(), blocking, clock),
              new RuleHistoryRoutes(
                  new RuleHistoryRoutes.Ports(
                      parts.foundation().reader(),
                      parts.journal(),
                      () -> reload.current().rules(),
                      parts.engine()::routes,
                      () -> reload.current().severities(),
                      new WatchedModels(parts.models())),
                  computations),
              new ExperimentRoutes(stores.experiments(), blocking, clock),
              new StatusRoutes(
                  () -> about(extras, started),
                  parts.health(),
                  stores.incidents(),
                  alerts,
                  blocking),
              new ContractRoutes()));
    }

    private OperationsDesk operations() {
      return new OperationsDesk(parts);
    }

    private CalendarRoutes calendars() {
      return new CalendarRoutes(
          parts.engine().roster(),
          parts.stores().overrides(),
          parts.signature(),
          parts.configuration().console(),
          blocking,
          parts.clock());
    }

    private StatusRoutes.About about(ServerExtras extras, Instant started) {
      return new StatusRoutes.About(
          Version.text(),
          parts.foundation().node().name(),
          parts.foundation().database().home().describe(),
          access(parts.configuration().access()),
          extras.demo().isPresent(),
          started);
    }

    ActionPages actions(Assets assets) {
      return new ActionPages(
          parts.actions(),
          parts.stores().incidents(),
          parts.engine().engine(),
          assets,
          blocking,
          parts.clock());
    }

    private List<Finding> findings(Incident incident) {
      return IncidentFindings.of(
          parts.stores().findings(),
          incident,
          incident.resolvedAt().orElseGet(parts.clock()::instant));
    }

    private static String access(AccessPolicy policy) {
      return switch (policy) {
        case OPEN -> "open";
        case TOKENS -> "tokens";
        case PEOPLE, PEOPLE_ONLY -> "people";
      };
    }

    private AlertWitness witness() {
      var graphs = new AlertGraphs(parts.foundation().reader(), parts.engine().rules()::inForce);
      return new AlertWitness(parts.stores(), parts.engine(), graphs, parts.clock());
    }

    /** 32 hex digits that nobody had before. */
    private static String fresh() {
      return UUID.randomUUID().toString().replace("-", "");
    }

    ConsoleRoutes console(Assets assets, ListenAddress page, ServerExtras extras) {
      return new ConsoleRoutes(
              new ConsolePorts(
                  parts.engine().engine().alerts(),
                  parts.stores().incidents(),
                  parts.engine().engine(),
                  parts.stores().outbox(),
                  parts.stores().maintenances(),
                  parts.stores().experiments(),
                  parts.board().rows(),
                  parts.postmortems().postmortems(),
                  parts.postmortems()::evidence,
                  this::findings,
                  witness(),
                  new DeskPorts(
                      parts.stores().changes(),
                      () -> parts.engine().desk().correlation(),
                      () -> parts.engine().desk().cost()),
                  extras.demo(),
                  Optional.of(parts.configuration().page().spec().url().orElse(page.url())),
                  workbench(extras)),
              assets,
              blocking,
              parts.clock())
          .access(gate.pages())
          .operations(operations().ports(calendars()));
    }

    private Workbench workbench(ServerExtras extras) {
      var graphs = new AlertGraphs(parts.foundation().reader(), () -> reload.current().rules());
      Stores stores = parts.stores();
      return new Workbench(
          environment(extras),
          parts.engine().engine()::openIncidents,
          parts.engine().roster(),
          () -> reload.current().rules(),
          parts.engine().rules()::took,
          this::past,
          silences,
          stores.episodes(),
          parts.roster(),
          parts.board()::latency,
          stores.results(),
          stores.uptime(),
          parts.foundation().reader(),
          queries,
          computations,
          graphs::of,
          stores.changes(),
          new Checklists(parts.configuration().runbooks())::of,
          stores.runbooks(),
          new PostgresUnsavedTexts(parts.foundation().database()));
    }

    /** The external label that names it, else the node. */
    private String environment(ServerExtras extras) {
      Labels labels = parts.configuration().externalLabels();
      return Stream.of("environment", "env", "cluster")
          .filter(labels::has)
          .map(labels::get)
          .findFirst()
          .orElse(extras.demo().isPresent() ? "demo" : parts.configuration().node());
    }

    private ReplayReport past(
        List<RuleGroup> groups, Instant from, Instant to, BooleanSupplier stop) {
      return new Replay(
              parts.foundation().reader(),
              parts.configuration().limits().query().withStop(stop),
              parts.engine().routes(),
              reload.current().severities(),
              Site.NONE,
              new WatchedModels(parts.models()))
          .run(groups, from, to);
    }
  }
}

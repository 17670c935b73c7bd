package io.tocsin;

import io.tocsin.access.SignedText;
import io.tocsin.channel.ActionLinks;
import io.tocsin.check.CheckEvents;
import io.tocsin.check.Verdict;
import io.tocsin.engine.CheckAlerts;
import io.tocsin.engine.PostedEnds;
import io.tocsin.http.ListenAddress;
import io.tocsin.ingest.PushedGroups;
import io.tocsin.model.Models;
import io.tocsin.postgres.PostgresCheckDefinitions;
import io.tocsin.postgres.PostgresKeys;
import io.tocsin.postgres.PostgresModelJournal;
import io.tocsin.postgres.PostgresModels;
import io.tocsin.postgres.PostgresPushedGroups;
import io.tocsin.postgres.PostgresThreads;
import io.tocsin.postmortem.ReviewDesk;
import io.tocsin.probe.Probes;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.WatchedModels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.slo.UptimeLedger;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.SelfHealth;
import io.tocsin.telemetry.Telemetry;
import io.tocsin.web.Assets;
import io.tocsin.web.StatusSite;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service: parts built by hand, started in order, stopped in reverse. */
final class Server implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Server.class);
  private static final int PUSHED_SERIES = 200_000;
  private static final Duration FORGETTING = Duration.ofHours(1);
  private static final Duration VERTX_STOP = Duration.ofSeconds(8);

  /** The parts that others ask, all running. */
  record Parts(
      Configuration configuration,
      Path data,
      Foundation foundation,
      Stores stores,
      EngineRoom engine,
      Journal journal,
      PushedGroups pushed,
      Models models,
      Probes probes,
      CheckBoard board,
      CheckRoster roster,
      StatusSite site,
      PostmortemDesk postmortems,
      Telemetry telemetry,
      SelfHealth health,
      SignedText signature,
      ActionLinks actions,
      InstantSource clock) {

    ReviewDesk reviews() {
      return postmortems.reviews(site::changed);
    }
  }

  private final Lifecycle lifecycle;
  private final Faces faces;

  private Server(Lifecycle lifecycle, Faces faces) {
    this.lifecycle = lifecycle;
    this.faces = faces;
  }

  /**
   * Starts everything; when it returns, the listeners answer.
   *
   * @param data folder for everything that is kept, made when it is missing
   */
  static Server start(
      Configuration configuration, Path data, InstantSource clock, ServerExtras extras)
      throws Exception {
    JavaHeap.keepModest();
    var lifecycle = new Lifecycle();
    try {
      Files.createDirectories(data);
      Faces faces = new Start(lifecycle, configuration, data, clock).all(extras);
      log.info("console {} - status page {}", faces.console().url(), faces.page().url());
      return new Server(lifecycle, faces);
    } catch (Throwable failed) {
      lifecycle.close();
      throw failed;
    }
  }

  ListenAddress console() {
    return faces.console();
  }

  ListenAddress page() {
    return faces.page();
  }

  @Override
  public void close() {
    log.info("stopping");
    lifecycle.close();
    log.info("stopped");
  }

  /** One start, step by step. */
  private record Start(
      Lifecycle lifecycle, Configuration configuration, Path data, InstantSource clock) {

    Faces all(ServerExtras extras) throws Exception {
      configuration.routing().notes().forEach(note -> log.info("{}", note));
      Telemetry telemetry = lifecycle.keep("telemetry", Telemetry::new);
      Foundation foundation = Foundation.open(lifecycle, configuration, data, clock);
      Stores stores = Stores.in(foundation);
      Vertx vertx = vertx(telemetry, "work");
      PostgresModelJournal rows =
          lifecycle.keep(
              "models' journal",
              () ->
                  new PostgresModelJournal(
                      foundation.database(), PostgresModelJournal.Limits.DEFAULT));
      var models = new Models(new PostgresModels(foundation.database()), rows);
      var uptime = new UptimeLedger(stores.uptime());
      var assets = new Assets();
      Vertx ops = vertx(telemetry, "ops");
      Vertx page = vertx(telemetry, "page");
      var late = new LateParts();
      var signature = new SignedText(new PostgresKeys(foundation.database()).of("links"));
      var actions = new ActionLinks(configuration.console(), signature);
      EngineRoom engine =
          lifecycle.keep(
              "engine",
              () ->
                  new EngineRoom(
                      new EngineRoom.Ports(
                          vertx,
                          stores.outbox(),
                          stores.incidents(),
                          stores.silences(),
                          stores.maintenances(),
                          stores.episodes(),
                          stores.held(),
                          stores.overrides(),
                          new PostgresThreads(foundation.database()),
                          actions,
                          foundation.store(),
                          late,
                          models,
                          new DriftJudge(new WatchedModels(models), stores.findings()),
                          telemetry,
                          clock),
                      configuration,
                      late,
                      this::deposed));
      Journal journal = new CountedJournal(foundation.journal(), telemetry);
      var postmortems =
          new PostmortemDesk(
              foundation,
              stores,
              configuration.severities(),
              new AlertGraphs(foundation.reader(), engine.rules()::inForce),
              new BeforehandReader(
                  stores,
                  foundation.reader(),
                  engine.rules()::inForce,
                  engine::routes,
                  configuration.severities(),
                  new WatchedModels(models),
                  clock),
              engine::desk,
              clock);
      var board = new CheckBoard(uptime, component -> underMaintenance(engine, component));
      var publicSide =
          PublicSide.in(foundation, stores, board, assets, configuration.page(), clock);
      StatusSite site = lifecycle.keep("status page", publicSide::site);
      Probes probes =
          probes(
              vertx,
              telemetry,
              journal,
              foundation.metadata(),
              stores,
              engine,
              board,
              site::changed);
      var reader = new IncidentReader(site, postmortems.catchUp(), telemetry);
      late.ready(journal, reader.and(new PostedEnds(engine.posted())));
      Optional<WaitingRoom> room = lead(foundation, stores, assets, ops, page);
      engine.start(configuration);
      models.unreadable().forEach((model, why) -> log.error("model {}: {}", model, why));
      var roster =
          new CheckRoster(
              new PostgresCheckDefinitions(foundation.database()),
              new CheckRoster.Listeners(probes, board, engine.engine()),
              configuration,
              clock);
      roster.start(CheckAlerts.agreed(stores.states().load(), engine.engine().alerts().firing()));
      site.start();
      SelfHealth health = lifecycle.keep("self-health", () -> new SelfHealth(telemetry, clock));
      var parts =
          new Parts(
              configuration,
              data,
              foundation,
              stores,
              engine,
              journal,
              new PushedGroups(PUSHED_SERIES, new PostgresPushedGroups(foundation.database())),
              models,
              probes,
              board,
              roster,
              site,
              postmortems,
              telemetry,
              health,
              signature,
              actions,
              clock);
      OwnRounds.begin(lifecycle, parts, uptime);
      Chores pageChores = lifecycle.keep("page chores", Chores::new);
      publicSide.leads(pageChores, stores, configuration.page(), clock);
      publicSide.reads(pageChores, clock);
      FollowUpRounds.begin(pageChores, parts);
      ReportRounds.begin(lifecycle.keep("report mails", Chores::new), parts, vertx);
      StatsdIntake.open(lifecycle, vertx, parts);
      Vitals.register(parts);
      health.start();
      room.ifPresent(WaitingRoom::close);
      Faces faces = lifecycle.keep("listeners", () -> Faces.open(parts, assets, ops, page, extras));
      Chores sessions = lifecycle.keep("old sessions", Chores::new);
      sessions.every(FORGETTING, "old sessions", faces::forgetSessions);
      return faces;
    }

    private Vertx vertx(Telemetry telemetry, String name) throws Exception {
      Vertx vertx =
          telemetry
              .vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true))
              .build();
      lifecycle.onStop(
          "event loops " + name,
          () ->
              vertx
                  .close()
                  .toCompletionStage()
                  .toCompletableFuture()
                  .get(VERTX_STOP.toMillis(), TimeUnit.MILLISECONDS));
      return vertx;
    }

    private Probes probes(
        Vertx vertx,
        Telemetry telemetry,
        Journal journal,
        MetricMetadata metadata,
        Stores stores,
        EngineRoom engine,
        CheckBoard board,
        Runnable page)
        throws Exception {
      CheckEvents alerts = new CheckAlerts(board::severity, engine.engine()::submit);
      var counters = new EnumMap<Verdict, DoubleConsumer>(Verdict.class);
      for (Verdict verdict : Verdict.values()) {
        String name = verdict.name().toLowerCase(Locale.ROOT);
        counters.put(verdict, telemetry.counter(Meter.PROBE_RESULTS, name));
      }
      CheckEvents events =
          observation -> {
            Objects.requireNonNull(counters.get(observation.after())).accept(1);
            alerts.observed(observation);
            board.observed(observation);
            if (observation.changed()) {
              page.run();
            }
          };
      var probes =
          new Probes(
              new Probes.Surroundings(
                  vertx,
                  journal,
                  events,
                  stores.results(),
                  stores.states(),
                  metadata,
                  telemetry.registry(),
                  clock,
                  System::nanoTime),
              configuration.probing());
      lifecycle.onStop("probes", probes::close);
      probes.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      return probes;
    }

    private boolean underMaintenance(EngineRoom engine, String component) {
      return engine.mutes().get().maintenances().stream()
          .anyMatch(
              planned ->
                  planned.active(clock.instant()) && planned.components().contains(component));
    }

    /**
     * Waits until this node leads: at once as a rule, else when the one that leads has gone.
     *
     * @return what it shows meanwhile, which is to be closed before it shows more
     */
    private Optional<WaitingRoom> lead(
        Foundation foundation, Stores stores, Assets assets, Vertx ops, Vertx page)
        throws Exception {
      if (foundation.leadership().campaign()) {
        return Optional.empty();
      }
      log.info("another node leads; waiting to take over");
      WaitingRoom room =
          lifecycle.keep(
              "waiting room",
              () ->
                  WaitingRoom.open(
                      new WaitingRoom.Ports(
                          configuration, foundation, stores, assets, ops, page, clock)));
      while (!foundation.leadership().campaign()) {
        TimeUnit.MILLISECONDS.sleep(500);
      }
      return Optional.of(room);
    }

    /** Another node took over while we were cut off: the cleanest way back is a new start. */
    private void deposed() {
      log.error("another node leads now; this one ends, to be started anew by its supervisor");
      Thread.ofPlatform().name("deposed").start(() -> System.exit(Tocsin.BAD));
    }
  }
}

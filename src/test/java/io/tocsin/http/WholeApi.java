package io.tocsin.http;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.SignedText;
import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckState;
import io.tocsin.check.InMemoryCheckResultStore;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.explain.Episode;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.explain.Facts;
import io.tocsin.explain.InMemoryEpisodeStore;
import io.tocsin.explain.Witness;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.InMemoryChangeEventStore;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.health.HealthBoard;
import io.tocsin.model.report.ReportSamples;
import io.tocsin.model.report.ReportStore;
import io.tocsin.notify.InMemoryLedger;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.PostmortemStore;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.postmortem.ReviewDesk;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.StatedFinding;
import io.tocsin.runbook.InMemoryRunbookShelf;
import io.tocsin.runbook.Runbook;
import io.tocsin.runbook.RunbookShelf;
import io.tocsin.series.Journal;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.silence.InMemoryMaintenanceStore;
import io.tocsin.silence.InMemorySilenceStore;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceBook;
import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceBook;
import io.tocsin.statuspage.FabricatedSubscribers;
import io.tocsin.telemetry.SelfHealth;
import io.tocsin.telemetry.Telemetry;
import io.tocsin.web.PostmortemDocument;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Every resource of our own API over ports in memory. */
final class WholeApi implements AutoCloseable {

  /** One alert firing but silenced, one pending. */
  static final AlertView ALERTS =
      new AlertView() {
        @Override
        public List<MarkedAlert> firing() {
          return List.of(Samples.muted());
        }

        @Override
        public List<Alert> pending() {
          return List.of(Samples.alert(Alert.Phase.PENDING));
        }

        @Override
        public Map<String, RuleHealth> rules() {
          return Map.of(
              "rules.yaml;api;0",
              new RuleHealth(RuleHealth.State.ERR, "too many samples", Samples.AT));
        }
      };

  private static final class KeepingJournal implements Journal {
    @Override
    public CompletionStage<AppendResult> accept(SampleBatch batch) {
      return CompletableFuture.completedFuture(new AppendResult(batch.size(), 0));
    }

    @Override
    public void observe(SampleBatch batch) {}
  }

  final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  final FakeOutbox outbox = new FakeOutbox();
  final Models models = new Models(ModelStore.inMemory());
  final ReportStore reports = ReportStore.inMemory();
  private final MemoryStore series = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private final QueryPool computations = new QueryPool(1, 8);
  private final Telemetry telemetry = new Telemetry();
  private final SelfHealth health = new SelfHealth(telemetry, clock());

  private static InstantSource clock() {
    return InstantSource.fixed(OpsFixture.NOW);
  }

  List<Routes> routes() {
    var desk = new FakeDesk();
    var maintenance = new InMemoryMaintenanceStore();
    maintenance.save(
        new Maintenance(
            "m1",
            "Upgrade",
            "",
            List.of("API"),
            Samples.AT,
            OpsFixture.NOW.plusSeconds(60),
            "Ada"));
    ShiftOverrideStore overrides = OnCallSamples.overrides();
    var postmortems = new Postmortems(PostmortemStore.inMemory(), SeverityPolicy.OWNERS);
    Blocking blocking = ops.blocking;
    var about = new StatusRoutes.About("0.1.0", "a", "PostgreSQL 17", "tokens", false, Samples.AT);
    return List.of(
        new ContractRoutes(),
        ops.sessionRoutes(),
        new TokenRoutes(ops.tokenDesk(), ops.sessions, blocking, clock()),
        new UserRoutes(ops.desk(), ops.sessions, blocking, clock()),
        new AuditRoutes(ops.audit, blocking),
        new StatusRoutes(() -> about, health, desk, ALERTS, blocking),
        new IncidentRoutes(desk, desk, changes(), blocking, clock()),
        new PostmortemRoutes(
            postmortems,
            WholeApi::evidence,
            it ->
                PostmortemDocument.html(
                    desk.find(it.incident()).orElseThrow(),
                    it,
                    FollowUpSamples.store().actions(it.incident())),
            blocking,
            clock()),
        new FollowUpRoutes(
            postmortems,
            new ReviewDesk(postmortems, FollowUpSamples.store(), desk, () -> {}),
            desk,
            WholeApi::evidence,
            new ActionExport(new FabricatedTrackers(), desk, FollowUpSamples.store()),
            blocking,
            clock()),
        new UpdateRoutes(desk, desk, blocking),
        new ReportRoutes(new ReportDesk(desk, FollowUpSamples.uptime()), blocking, clock()),
        new AlertRoutes(ALERTS),
        new CardinalityRoutes(series, series::census, computations),
        new GroupRoutes(() -> List.of(Samples.group())),
        new ResponseRoutes(
            desk,
            desk,
            new InMemoryChangeEventStore(),
            incident -> List.of("Look at the disk"),
            new ResponseRoutes.Economy(
                () -> CorrelationPolicy.DEFAULT,
                () -> Optional.of(new CostRate(new BigDecimal("95"), Currency.getInstance("EUR")))),
            blocking,
            clock()),
        new ExplainRoutes(witness(), blocking, clock()),
        new ChangeRoutes(new InMemoryChangeEventStore(), () -> "1", blocking, clock()),
        new SilenceRoutes(silences(), episodes(), ALERTS, blocking, clock()),
        checks(),
        new DeliveryRoutes(
            outbox,
            new InMemoryLedger(() -> outbox.deliveries(Optional.empty(), 500)),
            () -> List.of("ops"),
            blocking,
            clock()),
        new MaintenanceRoutes(
            new MaintenanceBook(maintenance, () -> {}, () -> "m9"), blocking, clock()),
        new SubscriberRoutes(FabricatedSubscribers.desk(OpsFixture.NOW), blocking, clock()),
        new ReceiverRoutes(FakeReceivers::new, desk, blocking, clock()),
        new OnCallRoutes(
            new ShiftDesk(OnCallSamples::roster, overrides, () -> {}, () -> "o9"),
            OnCallSamples::policies,
            blocking,
            clock()),
        new CalendarRoutes(
            OnCallSamples::roster,
            overrides,
            new SignedText(new byte[32]),
            URI.create("https://tocsin.example.com"),
            blocking,
            clock()),
        new SampleRoutes(
            new SampleIntake(
                new KeepingJournal(),
                new MetricMetadata(),
                OtlpSettings.usual(),
                IngestLimits.DEFAULT,
                blocking,
                telemetry,
                clock())),
        new ModelRoutes(models, blocking, clock()),
        new ModelReportRoutes(
            models, reports, watch -> ReportSamples.full(watch.spec().name(), "price"), blocking),
        new ModelHealthRoutes(models, new HealthBoard(models, ALERTS), blocking, clock()),
        new DriftRoutes(computations),
        new FindingRoutes(
            FindingStore.inMemory(),
            desk,
            incident -> List.of(StatedFinding.of(incident.openedAt())),
            blocking),
        ruleHistory(),
        new RunbookRoutes(runbooks(), blocking, clock()),
        new ExperimentRoutes(ExperimentStore.inMemory(), blocking, clock()));
  }

  private static ChangeEventStore changes() {
    var changes = new InMemoryChangeEventStore();
    var links = List.of(new ChangeEvent.Link("https://ci.example.com/7", "Build 7"));
    changes.save(
        new ChangeEvent(
            "c7", Samples.AT.minusSeconds(60), "ci", "api 7", List.of(), Map.of(), links));
    return changes;
  }

  private static RunbookShelf runbooks() {
    var shelf = new InMemoryRunbookShelf();
    shelf.replace(
        List.of(
            Runbook.parse(
                "Down", "---\nalert: Down\nlast_reviewed: 2026-01-02\n---\n# Down\nRestart it.")));
    return shelf;
  }

  private Routes ruleHistory() {
    MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    store.append(
        SampleBatch.of(Labels.of(Labels.NAME, "up"), Samples.AT.plusSeconds(30).toEpochMilli(), 0));
    return new RuleHistoryRoutes(
        new RuleHistoryRoutes.Ports(
            store,
            new KeepingJournal(),
            List::of,
            () -> alert -> new GroupKey("0", Labels.EMPTY),
            () -> SeverityPolicy.OWNERS,
            ModelHistory.none()),
        computations);
  }

  private static SilenceBook silences() {
    var store = new InMemorySilenceStore();
    Instant start = OpsFixture.NOW.minusSeconds(60);
    List<Matcher> matchers = List.of(Matcher.equal("team", "web"));
    for (String id : List.of("s1", "s2")) {
      store.save(new Silence(id, matchers, start, OpsFixture.NOW.plusSeconds(600), "Ada", "known"));
    }
    var ids = new AtomicInteger();
    return new SilenceBook(store, () -> "n" + ids.incrementAndGet(), true, () -> {});
  }

  private static Witness witness() {
    Episode episode = episodes().since(Instant.EPOCH, 1).getFirst();
    var curve =
        new Facts.Curve(
            List.of(new Facts.Point(Samples.AT, 0.12), new Facts.Point(OpsFixture.NOW, Double.NaN)),
            OptionalDouble.of(0.05),
            "ratio");
    var facts =
        new Facts(
            episode,
            Optional.of(curve),
            Map.of(),
            Optional.of(Samples.incident()),
            Samples.events(),
            List.of(Samples.group()),
            List.of(Samples.delivery()));
    return new Witness() {
      @Override
      public Optional<Facts> facts(String fingerprint, Optional<Instant> at) {
        return fingerprint.equals(episode.key().fingerprint())
            ? Optional.of(facts)
            : Optional.empty();
      }

      @Override
      public List<Episode> episodes(String fingerprint) {
        return List.of(episode);
      }
    };
  }

  private static EpisodeStore episodes() {
    var store = new InMemoryEpisodeStore();
    Alert alert = Samples.alert(Alert.Phase.FIRING);
    store.save(
        List.of(
            new Episode(
                alert.spec(),
                alert.labels(),
                alert.severity(),
                alert.annotations(),
                alert.activeSince(),
                Optional.of(alert.activeSince()),
                Optional.of(OpsFixture.NOW),
                alert.activeSince(),
                1,
                List.of(),
                List.of(new Episode.Way("0", "ops", "route 0")),
                List.of(Samples.ID))));
    return store;
  }

  private static Optional<Evidence> evidence(IncidentId id) {
    var evidence =
        new Evidence(
            Samples.incident(),
            Samples.events(),
            List.of(Samples.delivery()),
            List.of(),
            List.of());
    return Optional.of(evidence).filter(it -> it.incident().id().equals(id));
  }

  private Routes checks() {
    var policy =
        new CheckPolicy(
            "web app",
            "Web app",
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            3,
            2,
            List.of("database"),
            "critical",
            Optional.empty());
    Instant at = OpsFixture.NOW.minusSeconds(30);
    var results = new InMemoryCheckResultStore(10);
    results.append(
        List.of(
            new CheckObservation(
                new CheckResult(
                    "web app",
                    "Web app",
                    at,
                    0.25,
                    Outcome.FAILURE,
                    Optional.of(Cause.target("status 503")),
                    "status 503, expected 200",
                    Optional.of(at.plus(Duration.ofDays(9))),
                    OptionalInt.of(503)),
                Verdict.UP,
                Verdict.UP)));
    return new CheckRoutes(
        new FakeCheckDesk(policy),
        () -> List.of(CheckState.initial("web app", at)),
        results,
        ops.blocking,
        clock());
  }

  @Override
  public void close() throws Exception {
    ops.close();
    computations.close();
    health.close();
    telemetry.close();
  }
}

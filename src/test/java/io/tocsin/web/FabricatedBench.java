package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResult;
import io.tocsin.check.InMemoryCheckResultStore;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import io.tocsin.drift.DriftTest;
import io.tocsin.explain.Episode;
import io.tocsin.explain.InMemoryEpisodeStore;
import io.tocsin.http.CheckDesk;
import io.tocsin.http.QueryPool;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Grouping;
import io.tocsin.incident.InMemoryChangeEventStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.label.Labels;
import io.tocsin.oncall.Layer;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Rotation;
import io.tocsin.oncall.Schedule;
import io.tocsin.postmortem.UnsavedTexts;
import io.tocsin.promql.QueryLimits;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Replay;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.rule.Texts;
import io.tocsin.rule.drift.Columns;
import io.tocsin.rule.drift.Criterion;
import io.tocsin.rule.drift.DriftTerms;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.Side;
import io.tocsin.rule.drift.Target;
import io.tocsin.rule.drift.Thresholds;
import io.tocsin.runbook.InMemoryRunbookShelf;
import io.tocsin.runbook.Runbook;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.silence.InMemorySilenceStore;
import io.tocsin.silence.SilenceBook;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.InMemoryUptimeStore;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeSubject;
import io.tocsin.view.SavedViews;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Made-up rules, samples, runbooks and changes beside a desk; silences and queries are real. */
final class FabricatedBench {

  /** The rule behind the first alert of the desk, changed in tests of replays. */
  static final String SLOW = "demo;InferenceSlow";

  private FabricatedBench() {}

  static Workbench of(
      FabricatedDesk desk, Instant now, boolean busy, Supplier<List<Incident>> open) {
    var ids = new AtomicInteger();
    MemoryStore samples = samples(now);
    var episodes = new InMemoryEpisodeStore();
    var shelf = new InMemoryRunbookShelf();
    List<RuleGroup> rules = busy ? rules() : List.of();
    if (busy) {
      shelf.replace(
          List.of(
              Runbook.parse("InferenceSlow", RUNBOOK),
              Runbook.parse(
                  "QueueGrows",
                  RUNBOOK.replace("InferenceSlow", "QueueGrows").replace("11-01", "07-01"))));
      episodes.save(desk.firing().stream().map(MarkedAlert::alert).map(Episode::of).toList());
    }
    return new Workbench(
        busy ? "production" : "staging",
        open,
        () -> busy ? roster() : Roster.EMPTY,
        () -> rules,
        group -> Duration.ofMillis(3),
        (groups, from, to, stop) ->
            new Replay(
                    samples,
                    QueryLimits.DEFAULT.withStop(stop),
                    grouping(),
                    SeverityPolicy.OWNERS,
                    Site.NONE,
                    ModelHistory.none())
                .run(groups, from, to),
        new SilenceBook(
            new InMemorySilenceStore(), () -> "s" + ids.incrementAndGet(), true, () -> {}),
        episodes,
        new Desk(desk),
        name -> Optional.of(new CheckRow.Latency(41, 70, 107)),
        results(now),
        uptime(now),
        samples,
        new QueryPool(2, 16),
        new QueryPool(1, 4),
        (alert, end) -> Optional.of(FabricatedDesk.graph(alert)),
        changes(now, busy),
        incident ->
            busy && incident.number() == 185
                ? List.of("Look at the queue of the workers.", "Add a worker.")
                : List.of(),
        shelf,
        UnsavedTexts.inMemory(),
        SavedViews.inMemory());
  }

  private static final String RUNBOOK =
      """
      ---
      severity: HIGH
      owner: ml-platform
      last_reviewed: 2026-11-01
      ---
      # InferenceSlow

      ## Mitigation

      1. Look at the queue of the workers.
      2. Add a worker.
      """;

  private static Grouping grouping() {
    return alert -> new GroupKey("demo", Labels.of("component", alert.labels().get("component")));
  }

  private static List<RuleGroup> rules() {
    AlertingRule slow =
        AlertingRule.of(
            AlertSpec.of(SLOW, "InferenceSlow", Duration.ofMinutes(1)),
            "latency_seconds > 0.1",
            Map.of("severity", "critical"),
            Map.of("summary", "Inference is slow on {{ $labels.component }}"));
    AlertingRule grows =
        AlertingRule.of(
            AlertSpec.of("demo;QueueGrows", "QueueGrows", Duration.ofMinutes(1)),
            "queue_length > 100",
            Map.of("note", "<img src=x onerror=alert(1)>"),
            Map.of());
    AlertingRule accuracy =
        AlertingRule.of(
            AlertSpec.of("demo;ModelAccuracyLow", "ModelAccuracyLow", Duration.ofMinutes(1)),
            "model_accuracy < 0.95",
            Map.of("severity", "critical"),
            Map.of());
    RecordingRule mean =
        RecordingRule.of("demo;mean", "component:latency:mean", "avg(latency_seconds)", Map.of());
    return List.of(
        new RuleGroup(
            "rules.yaml",
            "models",
            Duration.ofSeconds(15),
            Duration.ZERO,
            0,
            Optional.empty(),
            List.of(slow, grows, mean, drift(), accuracy)));
  }

  private static DriftRule drift() {
    return new DriftRule(
        AlertSpec.of("demo;ModelDrift", "ModelDrift", Duration.ZERO),
        new DriftTerms(
            Target.of(Target.ANY),
            new Criterion.Data(new Columns.All(), DriftTest.PSI, false),
            Optional.empty(),
            Optional.empty(),
            Thresholds.of(0.1, 0.2),
            200,
            1000,
            Side.BOTH,
            DriftTerms.DEFAULT_EVALUATIONS,
            DriftTerms.DEFAULT_CLEAR_AT,
            Optional.empty(),
            Optional.empty()),
        Texts.of(Map.of("severity", "high"), Map.of()));
  }

  /** What the drift rule measured of the models of the desk within a day. */
  private static void scores(SampleBatch.Builder batch, Instant now) {
    Labels score =
        Labels.of(
            "__name__", "model_drift_score", "model", FabricatedModels.RANKER, "method", "psi");
    Labels state = Labels.of("__name__", "model_drift_state", "alertname", "ModelDrift");
    for (int i = 240; i >= 0; i--) {
      long at = now.minusSeconds(360L * i).toEpochMilli();
      double moved = i < 40 ? 0.5 : 0.02;
      batch.add(score.with("feature", "price_change"), at, moved + 0.01 * Math.sin(i / 5.0));
      batch.add(score.with("feature", "volume"), at, 0.02 + 0.01 * Math.sin(i / 9.0));
      batch.add(state.with("model", FabricatedModels.RANKER), at, i < 40 ? 2 : 0);
      batch.add(state.with("model", "idle"), at, -1);
    }
  }

  private static Roster roster() {
    var rotation =
        new Rotation(
            List.of("ana", "ben"),
            LocalDateTime.parse("2026-11-02T09:00"),
            Duration.ofDays(7),
            ZoneOffset.UTC);
    var layer = new Layer("weekly", rotation, List.of(), Optional.empty(), Optional.empty());
    var schedule = new Schedule("platform", ZoneOffset.UTC, List.of(layer), true);
    return new Roster(Map.<String, Person>of(), Map.of("platform", schedule), Map.of(), List.of());
  }

  /** Two series over three hours; one rises above its threshold for a while. */
  private static MemoryStore samples(Instant now) {
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var batch = SampleBatch.builder();
    Labels slow = Labels.of("__name__", "latency_seconds", "component", "AI models");
    Labels fine = Labels.of("__name__", "latency_seconds", "component", "Chat bot");
    for (int i = 0; i < 480; i++) {
      long at = now.minusSeconds(22L * (480 - i)).toEpochMilli();
      double wave = 0.01 * Math.sin(i / 9.0);
      batch.add(slow, at, 0.06 + wave + (i > 430 ? 0.12 : 0));
      batch.add(fine, at, 0.03 + wave / 2);
      for (String phase : List.of("resolve", "connect", "tls", "processing", "transfer")) {
        batch.add(
            Labels.of(
                "__name__", "probe_http_duration_seconds", "check", "web-app", "phase", phase),
            at,
            phase.length() / 1000.0);
      }
    }
    scores(batch, now);
    store.append(batch.build());
    return store;
  }

  private static InMemoryCheckResultStore results(Instant now) {
    var store = new InMemoryCheckResultStore(1000);
    var batch = new ArrayList<CheckObservation>();
    for (int i = 0; i < 120; i++) {
      boolean bad = i > 100;
      var result =
          new CheckResult(
              "payment-api",
              "Payment API",
              now.minusSeconds(30L * (120 - i)),
              bad ? 0.012 : 0.04 + i % 7 / 100.0,
              bad ? Outcome.FAILURE : Outcome.SUCCESS,
              bad ? Optional.of(Cause.target("status 503, expected 200")) : Optional.empty(),
              bad ? "status 503 <b>bold</b>" : "status 200",
              Optional.of(now.plus(Duration.ofDays(61))),
              OptionalInt.of(bad ? 503 : 200));
      Verdict verdict = bad ? Verdict.DOWN : Verdict.UP;
      batch.add(new CheckObservation(result, verdict, verdict));
    }
    store.append(batch);
    return store;
  }

  private static InMemoryUptimeStore uptime(Instant now) {
    var store = new InMemoryUptimeStore();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var days = new ArrayList<DayUptime>();
    for (int i = 0; i < 30; i++) {
      double down = i == 3 ? 900 : 0;
      days.add(
          new DayUptime(
              UptimeSubject.check("payment-api"),
              today.minusDays(i),
              new StateSeconds(86_400 - down, 0, down, 0, 0)));
    }
    store.add(days, now);
    return store;
  }

  private static InMemoryChangeEventStore changes(Instant now, boolean busy) {
    var store = new InMemoryChangeEventStore();
    if (busy) {
      store.save(
          new ChangeEvent(
              "c1",
              now.minus(Duration.ofMinutes(25)),
              "deployer",
              "inference 2.14 rolled out <i>now</i>",
              List.of("AI models"),
              Map.of(),
              List.of(new ChangeEvent.Link("https://ci.example.com/214", "build 214"))));
    }
    return store;
  }

  /** The checks of the desk; pausing and running are noted. */
  static final class Desk implements CheckDesk {
    private final FabricatedDesk desk;
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    final Set<String> ran = ConcurrentHashMap.newKeySet();

    private Desk(FabricatedDesk desk) {
      this.desk = desk;
    }

    @Override
    public List<Listed> all() {
      return desk.rows().stream()
          .map(
              row ->
                  new Listed(
                      new CheckPolicy(
                          row.name(),
                          row.component(),
                          Duration.ofSeconds(30),
                          Duration.ofSeconds(10),
                          3,
                          2,
                          List.of(),
                          Severity.HIGH.label(),
                          Optional.empty()),
                      row.kind(),
                      row.name().equals("backup") ? "api" : "config",
                      paused.contains(row.name())))
          .toList();
    }

    @Override
    public String create(String document, String by) {
      throw new UnsupportedOperationException("pages create no checks");
    }

    @Override
    public void remove(String name) {
      throw new UnsupportedOperationException("pages remove no checks");
    }

    @Override
    public void pause(String name, boolean rests, String by) {
      if (rests) {
        paused.add(name);
      } else {
        paused.remove(name);
      }
    }

    @Override
    public void run(String name) {
      ran.add(name);
    }
  }

  /** An alert that is only looked at. */
  static Alert pending(Alert alert) {
    return new Alert(
        alert.spec(),
        alert.labels(),
        Alert.Phase.PENDING,
        alert.activeSince(),
        Optional.empty(),
        Optional.empty(),
        alert.lastBreach(),
        alert.value(),
        alert.annotations());
  }
}

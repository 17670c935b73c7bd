package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.alert.Severity;
import io.tocsin.check.Verdict;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.explain.Episode;
import io.tocsin.explain.Facts;
import io.tocsin.explain.Witness;
import io.tocsin.http.ActionExport;
import io.tocsin.http.FabricatedTrackers;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.InMemoryChangeEventStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentFold;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.label.Labels;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Transition;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.PostmortemStore;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.postmortem.ReviewDesk;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.StatedFinding;
import io.tocsin.series.SeriesPoints;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.FabricatedSubscribers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Made-up state behind the operators' pages; commands work on it. */
final class FabricatedDesk
    implements AlertView, IncidentStore, IncidentCommands, Outbox, MaintenanceStore, DemoControls {

  private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
  private final Map<IncidentId, List<IncidentEvent>> events = new LinkedHashMap<>();
  private final FollowUpStore followUps = FollowUpStore.inMemory();
  private final Postmortems stories =
      new Postmortems(PostmortemStore.inMemory(), SeverityPolicy.OWNERS);
  private final Map<String, Instant> broken = new ConcurrentHashMap<>();
  private final List<MarkedAlert> firing = Collections.synchronizedList(new ArrayList<>());
  private final List<CheckRow> checks = Collections.synchronizedList(new ArrayList<>());
  private final Instant now;
  private final boolean demo;
  private final ChangeEventStore changes = new InMemoryChangeEventStore();
  final List<IncidentCommand.Split> splits = new CopyOnWriteArrayList<>();
  volatile boolean away;
  private final Set<Long> replayed = ConcurrentHashMap.newKeySet();
  private boolean wide;

  private static final CorrelationPolicy CORRELATION =
      new CorrelationPolicy(
          Duration.ofHours(1), 0.05, Optional.empty(), CorrelationPolicy.DEFAULT.ignored());

  private FabricatedDesk(Instant now, boolean demo) {
    this.now = now;
    this.demo = demo;
  }

  Instant now() {
    return now;
  }

  /** Nothing is wrong, nothing has happened. */
  static FabricatedDesk quiet(Instant now) {
    return new FabricatedDesk(now, false);
  }

  /** Nothing but a model with 1,000 inputs. */
  static FabricatedDesk wide(Instant now) {
    var desk = new FabricatedDesk(now, false);
    desk.wide = true;
    return desk;
  }

  /** Two open incidents, two past ones, checks and deliveries. */
  static FabricatedDesk busy(Instant now) {
    var desk = new FabricatedDesk(now, true);
    for (Incident incident :
        List.of(
            teamed(Fabricated.models(now), now),
            Fabricated.payments(now),
            Fabricated.pastDatabase(now),
            Fabricated.pastWeb(now))) {
      desk.put(incident);
    }
    Instant since = now.minus(Duration.ofMinutes(13));
    Alert slow =
        of(
            FabricatedModels.RANKER,
            Fabricated.alert("InferenceSlow", "AI models", since, 0.2134567));
    desk.firing.add(new MarkedAlert(slow, List.of()));
    desk.firing.add(
        new MarkedAlert(
            Fabricated.alert("QueueGrows", "AI models", since, 412),
            List.of(new Mute.ByInhibition(slow.key()))));
    desk.checks.add(desk.check("web-app", "Web app", "http", Verdict.UP, "", 41, true));
    desk.checks.add(desk.check("chat-bot", "Chat bot", "http", Verdict.UP, "", 73.4, true));
    desk.checks.add(
        desk.check(
            "payment-api",
            "Payment API",
            "http",
            Verdict.DOWN,
            "status 503, expected 200",
            12,
            true));
    desk.checks.add(
        desk.check(
            "ai-model",
            "AI models",
            "http",
            Verdict.DEGRADED,
            "took 213 ms, expected less than 100 ms",
            213,
            false));
    desk.checks.add(desk.check("database", "Database", "sql", Verdict.UP, "", 1.26, false));
    desk.checks.add(
        desk.check(
            "backup", "Database", "heartbeat", Verdict.UNKNOWN, "not checked yet", 0, false));
    desk.broken.put("Payment API", since);
    desk.followUps.save(
        new ActionItem(
            "a1",
            new IncidentId("i180abcdef"),
            "Alert on the age of the queue, not on its length " + Fabricated.HOSTILE,
            ActionItem.Kind.DETECT,
            Optional.of("ana"),
            Optional.of(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(2)),
            ActionItem.State.OPEN,
            Optional.empty(),
            "ben",
            since));
    desk.changes.save(
        new ChangeEvent(
            "c1",
            since.minusSeconds(120),
            "deploys",
            "models 4.2 rolled out",
            List.of("AI models"),
            Map.of(),
            List.of()));
    return desk;
  }

  /** The same alert, of a model. */
  private static Alert of(String model, Alert alert) {
    return new Alert(
        alert.spec(),
        alert.labels().with("model", model),
        alert.phase(),
        alert.activeSince(),
        alert.firingSince(),
        alert.resolvedAt(),
        alert.lastBreach(),
        alert.value(),
        alert.annotations());
  }

  /** With a second alert, somebody in a role and somebody proposed for one. */
  private static Incident teamed(Incident incident, Instant now) {
    var fold = new IncidentFold(SeverityPolicy.OWNERS);
    Alert second =
        of(
            FabricatedModels.RANKER,
            Fabricated.alert("QueueLong", "AI models", now.minusSeconds(300), 41));
    Incident after = incident;
    for (Change change :
        List.of(
            new Change.AlertsChanged(List.of(second), List.of(), List.of()),
            new Change.RoleTaken("commander", "Max"),
            new Change.RoleProposed("operations", "Eva"))) {
      var event = new IncidentEvent(after.id(), after.lastSeq() + 1, now, Actor.SYSTEM, change);
      after = fold.apply(after, event);
    }
    return after;
  }

  /** As many of everything as a bad day brings. */
  static FabricatedDesk crowded(Instant now, int incidents, int alerts, int checks) {
    var desk = new FabricatedDesk(now, true);
    List<Severity> severities = List.of(Severity.values());
    for (int i = 0; i < incidents; i++) {
      Instant at = now.minusSeconds(60L * (i + 1));
      desk.put(
          Fabricated.incident(
                  1000 + i,
                  "Trouble number " + i,
                  severities.get(i % severities.size()),
                  List.of("Component " + i % 40),
                  at)
              .clocks(Fabricated.clock(Clock.RESPONSE, at, 15 + i % 600, Optional.empty()))
              .make());
    }
    for (int i = 0; i < alerts; i++) {
      desk.firing.add(
          new MarkedAlert(
              Fabricated.alert(
                  "Alert" + i % 120, "number-" + i, now.minusSeconds(30L + i % 5000), i),
              List.of()));
    }
    for (int i = 0; i < checks; i++) {
      Verdict state = i % 50 == 0 ? Verdict.DOWN : Verdict.UP;
      desk.checks.add(desk.check("check-" + i, "Component " + i % 40, "http", state, "", 41, true));
    }
    return desk;
  }

  ConsolePorts ports() {
    return new ConsolePorts(
        this,
        this,
        this,
        this,
        this,
        demo ? FabricatedExperiments.store(now) : ExperimentStore.inMemory(),
        () -> List.copyOf(checks),
        stories,
        id -> find(id).map(this::evidence),
        this::findings,
        models(),
        witness(),
        new DeskPorts(
            changes,
            () -> CORRELATION,
            () -> Optional.of(new CostRate(new BigDecimal("95"), Currency.getInstance("EUR"))),
            new ReviewDesk(stories, followUps, this, () -> {}),
            () -> Set.of(Clock.RESPONSE, Clock.RESOLUTION),
            new ActionExport(new FabricatedTrackers(), this, followUps)),
        demo ? Optional.of(this) : Optional.empty(),
        FabricatedSubscribers.desk(now),
        Optional.of("http://127.0.0.1:9211/"),
        workbench());
  }

  private ModelPorts models() {
    if (wide) {
      return FabricatedModels.wide(this, now);
    }
    return demo ? FabricatedModels.busy(this, now) : FabricatedModels.none(this, now);
  }

  private Workbench workbench() {
    return FabricatedBench.of(this, now, demo, this::openNow);
  }

  private synchronized List<Incident> openNow() {
    return incidents.values().stream().filter(Incident::open).toList();
  }

  /** Its checks. */
  List<CheckRow> rows() {
    return List.copyOf(checks);
  }

  /** Of the payments' alert it is known that it paged, of another that it was too short. */
  private Witness witness() {
    return new Witness() {
      @Override
      public Optional<Facts> facts(String fingerprint, Optional<Instant> at) {
        return episodes(fingerprint).stream().findFirst().map(FabricatedDesk.this::facts);
      }

      @Override
      public List<Episode> episodes(String fingerprint) {
        return firing().stream()
            .map(MarkedAlert::alert)
            .filter(alert -> alert.key().fingerprint().equals(fingerprint))
            .map(Episode::of)
            .toList();
      }
    };
  }

  private Facts facts(Episode episode) {
    var points = new ArrayList<Facts.Point>();
    for (int i = 0; i < 60; i++) {
      double value = i < 20 ? 0.5 : 12 + i % 3;
      points.add(new Facts.Point(episode.activeSince().plusSeconds(30L * (i - 20)), value));
    }
    return new Facts(
        episode,
        Optional.of(new Facts.Curve(points, OptionalDouble.of(5), "")),
        Map.of(),
        open().stream().findFirst(),
        open().stream().findFirst().map(incident -> events(incident.id())).orElse(List.of()),
        List.of(),
        deliveries(Optional.empty(), 20));
  }

  private CheckRow check(
      String name,
      String component,
      String kind,
      Verdict state,
      String cause,
      double millis,
      boolean tls) {
    boolean ran = millis > 0;
    return new CheckRow(
        name,
        component,
        kind,
        state,
        cause,
        now.minus(Duration.ofMinutes(state == Verdict.UP ? 3100 : 13)),
        ran ? Optional.of(now.minusSeconds(7)) : Optional.empty(),
        ran
            ? Optional.of(new CheckRow.Latency(millis, millis * 1.7, millis * 2.6))
            : Optional.empty(),
        tls ? Optional.of(now.plus(Duration.ofDays(61))) : Optional.empty(),
        false);
  }

  void put(Incident incident) {
    incidents.put(incident.id(), incident);
    List<IncidentEvent> lines = events.computeIfAbsent(incident.id(), id -> new ArrayList<>());
    if (!lines.isEmpty()) {
      return;
    }
    Instant at = incident.openedAt();
    add(
        incident.id(),
        at,
        Actor.SYSTEM,
        new Change.Opened(
            incident.number(),
            incident.group(),
            incident.title(),
            incident.severity(),
            incident.alerts(),
            incident.components(),
            true));
    for (Incident.Update update : incident.updates()) {
      add(
          incident.id(),
          update.at(),
          update.actor(),
          new Change.UpdatePosted(
              update.phase(), update.isPublic(), update.automatic(), update.text()));
    }
    if (incident.acknowledgedBy().isEmpty()) {
      add(
          incident.id(),
          at.plus(Duration.ofMinutes(10)),
          Actor.SYSTEM,
          new Change.ClockWarned(Clock.RESPONSE, at.plus(Duration.ofMinutes(15))));
      add(
          incident.id(),
          at.plus(Duration.ofMinutes(11)),
          Actor.SYSTEM,
          new Change.ClockBreached(Clock.PUBLIC_UPDATE, at.plus(Duration.ofMinutes(11))));
    }
  }

  private int lines(IncidentId id) {
    return events.getOrDefault(id, List.of()).size();
  }

  private void add(IncidentId id, Instant at, Actor actor, Change change) {
    List<IncidentEvent> lines = events.computeIfAbsent(id, key -> new ArrayList<>());
    lines.add(new IncidentEvent(id, lines.size() + 1, at, actor, change));
  }

  @Override
  public List<MarkedAlert> firing() {
    return List.copyOf(firing);
  }

  @Override
  public List<Alert> pending() {
    return firing.isEmpty()
        ? List.of()
        : List.of(
            FabricatedBench.pending(
                Fabricated.alert("DiskFillsUp", "Database", now.minusSeconds(48), 0.87)));
  }

  @Override
  public Map<String, RuleHealth> rules() {
    return Map.of();
  }

  private void reachable() {
    if (away) {
      throw new Unavailable("the database is away", new IllegalStateException("closed"));
    }
  }

  @Override
  public synchronized List<Incident> open() {
    reachable();
    return incidents.values().stream().filter(Incident::open).toList();
  }

  @Override
  public synchronized Optional<Incident> find(IncidentId id) {
    return Optional.ofNullable(incidents.get(id));
  }

  @Override
  public synchronized List<IncidentEvent> events(IncidentId id) {
    return List.copyOf(events.getOrDefault(id, List.of()));
  }

  @Override
  public synchronized List<Incident> search(Filter filter) {
    return List.copyOf(incidents.values());
  }

  @Override
  public synchronized CompletionStage<Answer> submit(
      Optional<IncidentId> target, IncidentCommand command, Actor actor) {
    IncidentId id = target.orElseThrow();
    Incident incident = incidents.get(id);
    if (incident == null) {
      return CompletableFuture.completedFuture(new Answer.NotFound(id));
    }
    if (!incident.open()) {
      return CompletableFuture.completedFuture(
          new Answer.Conflict("The incident is resolved already."));
    }
    Incident after =
        switch (command) {
          case IncidentCommand.Acknowledge acknowledge -> {
            add(id, now, actor, new Change.Acknowledged());
            yield draft(incident).acknowledged(actor.name(), now).make();
          }
          case IncidentCommand.Resolve resolve -> {
            add(id, now, actor, new Change.Resolved(Optional.of(resolve.reason())));
            yield draft(incident).resolved(now).make();
          }
          case IncidentCommand.PostUpdate update -> {
            var posted =
                new Incident.Update(
                    now, actor, update.phase(), update.isPublic(), false, update.text());
            add(
                id,
                now,
                actor,
                new Change.UpdatePosted(update.phase(), update.isPublic(), false, update.text()));
            var updates = new ArrayList<>(incident.updates());
            updates.add(posted);
            yield draft(incident)
                .updates(updates.toArray(Incident.Update[]::new))
                .phase(update.phase())
                .make();
          }
          case IncidentCommand.Unacknowledge open -> {
            add(id, now, actor, new Change.Unacknowledged("by hand"));
            yield draft(incident).free().make();
          }
          case IncidentCommand.Escalate escalate -> {
            add(id, now, actor, new Change.Escalated(2, "by hand", "default", 0, List.of()));
            yield incident;
          }
          case IncidentCommand.AddTask task -> {
            String name = "t" + lines(id);
            add(id, now, actor, new Change.TaskChanged(name, task.text(), false));
            yield incident;
          }
          case IncidentCommand.CheckTask task -> {
            add(id, now, actor, new Change.TaskChanged(task.id(), task.text(), task.done()));
            yield incident;
          }
          case IncidentCommand.AddNote note -> {
            add(id, now, actor, new Change.NoteAdded(note.text()));
            yield incident;
          }
          case IncidentCommand.Split split -> {
            splits.add(split);
            yield incidents.values().iterator().next();
          }
          case IncidentCommand.TakeRole role -> {
            add(id, now, actor, new Change.RoleTaken(role.role(), role.person()));
            yield incident;
          }
          case IncidentCommand.PauseClocks pause -> {
            var change =
                new Change.ClocksPaused(List.of(Clock.RESPONSE, Clock.RESOLUTION), pause.reason());
            add(id, now, actor, change);
            yield new IncidentFold(SeverityPolicy.OWNERS)
                .apply(incident, new IncidentEvent(id, incident.lastSeq() + 1, now, actor, change));
          }
          default -> throw new IllegalArgumentException("not made up: " + command);
        };
    put(after);
    return CompletableFuture.completedFuture(new Answer.Done(after));
  }

  private static Fabricated.Draft draft(Incident incident) {
    var draft =
        Fabricated.incident(
                incident.number(),
                incident.title(),
                incident.severity(),
                incident.components(),
                incident.openedAt())
            .updates(incident.updates().toArray(Incident.Update[]::new))
            .clocks(incident.clocks().toArray(ClockState[]::new))
            .phase(incident.phase());
    incident
        .acknowledgedAt()
        .ifPresent(at -> draft.acknowledged(incident.acknowledgedBy().orElse(""), at));
    return draft;
  }

  @Override
  public Restored restore() {
    return new Restored(List.of(), List.of(), 0);
  }

  @Override
  public void commit(Commit commit) {
    throw new UnsupportedOperationException("pages commit nothing");
  }

  @Override
  public List<Delivery> lease(Instant at, Duration leaseFor, int limit) {
    return List.of();
  }

  @Override
  public void record(
      long deliveryId, Delivery.Attempt attempt, SendResult result, Optional<Instant> next) {
    throw new UnsupportedOperationException("pages send nothing");
  }

  @Override
  public void hasten(Destination destination, Instant at) {}

  @Override
  public boolean replay(long deliveryId, Instant at) {
    return deliveries(Optional.empty(), 100).stream()
            .anyMatch(it -> it.id() == deliveryId && it.state() == Delivery.State.DEAD)
        && replayed.add(deliveryId);
  }

  @Override
  public synchronized List<Delivery> deliveries(Optional<IncidentId> incident, int limit) {
    reachable();
    List<Delivery> all = new ArrayList<>();
    for (Incident one : incidents.values()) {
      if (one.open() && incident.filter(id -> !id.equals(one.id())).isEmpty()) {
        all.add(delivery(one, "ops", "pagerduty", Delivery.State.DELIVERED, "202 accepted"));
        all.add(delivery(one, "team", "slack", Delivery.State.PENDING, "503 from the receiver"));
        all.add(delivery(one, "archive", "webhook", Delivery.State.DEAD, "410 gone"));
      }
    }
    return all;
  }

  private Delivery delivery(
      Incident incident, String receiver, String kind, Delivery.State state, String answer) {
    var message =
        new Message(
            new Destination(receiver, kind, 0),
            incident.id().value(),
            new Transition(1, Transition.Kind.OPENED, 0),
            incident,
            "Opened: " + incident.title(),
            "route severity=critical",
            incident.openedAt());
    var attempt =
        new Delivery.Attempt(
            incident.openedAt(), Duration.ofMillis(84), state == Delivery.State.DELIVERED, answer);
    long id = incident.number() * 10 + kind.length();
    return new Delivery(
        id,
        message,
        replayed.contains(id) ? Delivery.State.PENDING : state,
        incident.openedAt(),
        state == Delivery.State.DELIVERED ? Optional.of(incident.openedAt()) : Optional.empty(),
        List.of(attempt));
  }

  @Override
  public Backlog backlog(Instant at) {
    return new Backlog(demo ? 2 : 0, demo ? 2 - replayed.size() : 0, Duration.ofMinutes(2));
  }

  @Override
  public List<Maintenance> endingAfter(Instant instant) {
    return List.of();
  }

  @Override
  public void save(Maintenance maintenance) {
    throw new UnsupportedOperationException("pages plan nothing yet");
  }

  @Override
  public boolean remove(String id) {
    return false;
  }

  private List<Finding> findings(Incident incident) {
    return incident.components().contains("AI models")
        ? List.of(StatedFinding.of(incident.openedAt()))
        : List.of();
  }

  private Evidence evidence(Incident incident) {
    return new Evidence(
        incident, events(incident.id()), List.of(), List.of(), List.of(graph(incident)));
  }

  private static AlertGraph graph(Incident incident) {
    return graph(incident.alerts().get(0));
  }

  static AlertGraph graph(Alert alert) {
    long start = alert.activeSince().minus(Duration.ofMinutes(20)).toEpochMilli();
    long[] timestamps = new long[160];
    double[] values = new double[160];
    for (int i = 0; i < timestamps.length; i++) {
      timestamps[i] = start + i * 15_000L;
      values[i] = 0.06 + 0.01 * Math.sin(i / 3.0) + (i > 80 && i < 140 ? 0.12 : 0);
    }
    var points = new SeriesPoints(Labels.of("__name__", "latency_seconds"), timestamps, values);
    return new AlertGraph(alert.key(), points, OptionalDouble.of(0.1), "seconds");
  }

  @Override
  public List<Dependency> dependencies() {
    return List.of(
        dependency("Web app", "Pages and sign-in; breaks by answering slowly"),
        dependency("Payment API", "Card payments; breaks with status 503"),
        dependency("AI model", "Inference; breaks by drifting"),
        dependency("Database", "PostgreSQL; breaks by refusing connections"));
  }

  private Dependency dependency(String name, String does) {
    return new Dependency(name, does, Optional.ofNullable(broken.get(name)));
  }

  @Override
  public void breakIt(String dependency) {
    broken.putIfAbsent(dependency, now);
  }

  @Override
  public void heal(String dependency) {
    broken.remove(dependency);
  }

  @Override
  public List<Received> received() {
    return List.of(
        new Received(
            now.minusSeconds(60),
            "pagerduty",
            "resolve i184abcdef",
            "{\"event_action\":\"resolve\",\"dedup_key\":\"i184abcdef\"}"),
        new Received(
            now.minusSeconds(780),
            "pagerduty",
            "trigger: Payment API",
            "{\"event_action\":\"trigger\",\"dedup_key\":\"i184abcdef\",\"payload\":{\"severity\":\"error\",\"summary\":\"Card"
                + " payments fail\"}}"));
  }
}

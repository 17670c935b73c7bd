package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.alert.PostedAlerts;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.label.Labels;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Transition;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.Leadership;
import io.tocsin.postgres.Node;
import io.tocsin.postgres.PostgresHeldAlerts;
import io.tocsin.postgres.PostgresIncidents;
import io.tocsin.postgres.PostgresOutbox;
import io.tocsin.postgres.PostgresPostmortems;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An outage from its first alert to its post-mortem over a real database, by the parts of the road
 * themselves; killed once, at one boundary, and gone on with from what is stored. Whoever was not
 * answered asks again.
 */
final class KilledStory {

  /** How long the webhook takes nothing. */
  private static final Duration DOWN = Duration.ofMinutes(10);

  /** In which minute the mail works, and a person sends again what was refused. */
  private static final int MEND = 18;

  private final Boundaries boundaries;
  private final Database database;
  private final Leadership leadership;
  private final Node node;
  private final IncidentStore incidents;
  private final Map<String, String> received = new TreeMap<>();
  private final Map<String, List<String>> lanes = new TreeMap<>();
  private final Set<Transition.Kind> kinds = EnumSet.noneOf(Transition.Kind.class);
  private PostgresOutbox outbox;
  private PostgresHeldAlerts held;
  private Postmortems postmortems;
  private Comebacks comebacks = new Comebacks();
  private PostedAlerts posted = new PostedAlerts();
  private EvaluationCycle cycle = new EvaluationCycle(Road.POLICIES);
  private EngineState state = EngineState.EMPTY;
  private Instant now = T0;
  private Instant answered = Instant.MIN;
  private List<Evaluation> ended = List.of();

  KilledStory(Database database, Leadership leadership, Node node, Boundaries boundaries) {
    this.database = database;
    this.leadership = leadership;
    this.node = node;
    this.boundaries = boundaries;
    this.incidents = new PostgresIncidents(database);
    ports();
  }

  private void ports() {
    comebacks = new Comebacks();
    outbox = new PostgresOutbox(database, node, leadership);
    held = new PostgresHeldAlerts(database);
    postmortems = new Postmortems(new PostgresPostmortems(database), SeverityPolicy.OWNERS);
  }

  KilledStory tell() {
    for (StoryMinute minute : StoryMinute.ALL) {
      now = minute.time();
      boolean done = false;
      boolean lost = false;
      while (!done) {
        try {
          if (lost) {
            restart();
          }
          live(minute);
          done = true;
        } catch (Boundaries.Killed killed) {
          lost = true;
        }
      }
    }
    return this;
  }

  /** Nothing in memory is left. */
  private void restart() {
    ports();
    cycle = new EvaluationCycle(Road.POLICIES);
    posted = new PostedAlerts();
    Restart restart = Restart.from(outbox, incidents, now);
    state = restart.state();
    boundaries.pass("restarted");
    List<HeldAlert> stored = held.all();
    turn(posted.restore(stored, Duration.ofMinutes(5), now).evaluations(), List.of());
    turn(posted.orphans(state.alerts().firing(), now), List.of());
    new PostedEnds(intake(), Runnable::run).catchUp(stored, incidents, now);
    endedByHand();
    relay();
    postmortems.undrafted(incidents, now.minus(Duration.ofDays(1))).forEach(this::draft);
  }

  private void live(StoryMinute minute) {
    if (answered.isBefore(now)) {
      turn(post(minute), List.of());
    }
    if (minute.at() == MEND) {
      replayDeadLetters();
    }
    relay();
    minute.command().ifPresent(command -> ask(minute, command));
    endedByHand();
    relay();
    turn(List.of(), List.of());
    relay();
  }

  /** Tells of what is on and what is over; a 2xx is the answer. */
  private List<Evaluation> post(StoryMinute minute) {
    var alerts = new ArrayList<PostedAlert>();
    alert(alerts, minute.down(), "Database", "critical", Optional.of(T0));
    alert(alerts, minute.slow(), "Web app", "warning", Optional.of(T0));
    alert(alerts, minute.stuck(), "Queue", "critical", Optional.empty());
    List<Evaluation> found = take(alerts);
    boundaries.pass("alerts accepted");
    answered = now;
    return found;
  }

  private List<Evaluation> take(List<PostedAlert> alerts) {
    PostedAlerts.Change change = posted.take("test", alerts, Optional.empty(), now);
    held.change(change.save(), change.remove());
    return change.evaluations();
  }

  /** What a person ended goes to the road as well. */
  private void endedByHand() {
    List<Evaluation> now = ended;
    ended = List.of();
    if (!now.isEmpty()) {
      turn(now, List.of());
    }
  }

  private AlertIntake intake() {
    return new AlertIntake() {
      @Override
      public void post(String source, List<PostedAlert> alerts, Optional<Duration> timeout) {
        ended = take(alerts);
      }

      @Override
      public Optional<HeldAlert> held(AlertKey key) {
        return posted.find(key);
      }

      @Override
      public Optional<HeldAlert> held(String source, String dedupKey) {
        return posted.find(source, dedupKey);
      }
    };
  }

  private void alert(
      List<PostedAlert> alerts,
      boolean on,
      String component,
      String severity,
      Optional<Instant> since) {
    var labels = Labels.of("alertname", "Down", "component", component, "severity", severity);
    boolean known = state.alerts().firing().stream().anyMatch(a -> a.labels().equals(labels));
    if (on || known) {
      alerts.add(
          new PostedAlert(
              labels,
              Map.of("summary", component + " is down"),
              on ? Optional.empty() : since,
              on ? Optional.empty() : Optional.of(now),
              ""));
    }
  }

  private void ask(StoryMinute minute, IncidentCommand command) {
    String title = minute.stuck() ? "Queue" : "Database";
    Incident target =
        everyIncident().stream()
            .filter(incident -> incident.title().startsWith(title))
            .findFirst()
            .orElseThrow();
    if (!carriedOut(target.id(), command)) {
      turn(
          List.of(),
          List.of(
              new Order(Optional.of(target.id()), command, Actor.person("Ana"), Optional.empty())));
    }
    boundaries.pass("command answered");
  }

  /** Who was not answered looks whether it was done before asking again. */
  private boolean carriedOut(IncidentId id, IncidentCommand command) {
    return incidents.events(id).stream()
        .filter(event -> event.actor().name().equals("Ana") && !event.at().isBefore(now))
        .anyMatch(event -> event.change().getClass().getSimpleName().startsWith(deed(command)));
  }

  private static String deed(IncidentCommand command) {
    return switch (command) {
      case IncidentCommand.Acknowledge it -> "Acknowledged";
      case IncidentCommand.Unacknowledge it -> "Unacknowledged";
      case IncidentCommand.AddNote it -> "NoteAdded";
      case IncidentCommand.PostUpdate it -> "UpdatePosted";
      case IncidentCommand.ChangeSeverity it -> "SeverityChanged";
      case IncidentCommand.Resolve it -> "Resolved";
      default -> throw new IllegalArgumentException(command.toString());
    };
  }

  private void turn(List<Evaluation> evaluations, List<Order> orders) {
    var inputs = new EvaluationCycle.Inputs(evaluations, Set.of(), orders);
    EvaluationCycle.Result result = cycle.run(state, inputs, Silences.NONE, now);
    boolean matters = !result.commit().isEmpty();
    List<Delivery> fresh = List.of();
    if (matters) {
      boundaries.pass("decided");
      fresh = outbox.commit(result.commit(), now, Duration.ofMinutes(1));
      boundaries.pass("committed");
    }
    state = result.next();
    for (IncidentEvent event : result.commit().events()) {
      if (event.change() instanceof Change.Resolved) {
        draft(event.incident());
        if (event.actor().kind() == Actor.Kind.PERSON) {
          boundaries.pass("resolved by hand, alerts not ended");
        }
        new PostedEnds(intake(), Runnable::run)
            .happened(event, incidents.find(event.incident()).orElseThrow());
      }
    }
    fresh.forEach(this::deliver);
  }

  private void draft(IncidentId id) {
    boundaries.pass("resolved, not drafted");
    Incident incident = incidents.find(id).orElseThrow();
    postmortems.onResolved(
        new Evidence(incident, incidents.events(id), List.of(), List.of(), List.of(), List.of()),
        now);
    boundaries.pass("drafted");
  }

  private void replayDeadLetters() {
    outbox.deliveries(Optional.empty(), 100).reversed().stream()
        .filter(delivery -> delivery.state() == Delivery.State.DEAD)
        .forEach(
            dead -> {
              boundaries.pass("dead, not replayed");
              assertThat(outbox.replay(dead.id(), now)).isTrue();
              boundaries.pass("replayed");
            });
  }

  private void relay() {
    List<Delivery> leased = lease();
    while (!leased.isEmpty()) {
      leased.forEach(this::deliver);
      leased = lease();
    }
  }

  private List<Delivery> lease() {
    comebacks.each(
        destination -> {
          boundaries.pass("back, not hastened");
          outbox.hasten(destination, now);
          boundaries.pass("hastened");
        });
    return outbox.lease(now, Duration.ofMinutes(1), 1);
  }

  private void deliver(Delivery delivery) {
    boundaries.pass("leased");
    SendResult result = answer(delivery.message());
    boolean delivered = result instanceof SendResult.Delivered;
    if (delivered) {
      send(delivery.message());
    }
    boundaries.pass(delivered ? "sent, not marked" : "not taken, not marked");
    outbox.record(
        delivery.id(),
        new Delivery.Attempt(now, Duration.ZERO, delivered, result.words()),
        result,
        result instanceof SendResult.Retry retry ? retry.after().map(now::plus) : Optional.empty());
    boundaries.pass(delivered ? "marked" : "marked as not taken");
    comebacks.saw(delivery.message().destination(), result);
  }

  /**
   * The webhook is down at first and asks for more time than it needs; the mail is refused once.
   */
  private SendResult answer(Message message) {
    String receiver = message.destination().kind();
    if (receiver.equals("webhook") && now.isBefore(T0.plus(DOWN))) {
      boolean first = message.incident().title().startsWith("Database");
      return new SendResult.Retry("503", Optional.of(first ? DOWN.multipliedBy(3) : DOWN));
    }
    return receiver.equals("email") && now.isBefore(T0.plusSeconds(60L * MEND))
        ? new SendResult.Refused("550")
        : new SendResult.Delivered("200");
  }

  /** A receiver that knows a message by its key. */
  private void send(Message message) {
    String content = message.text() + " | " + message.incident().state() + " | " + message.reason();
    String before = received.putIfAbsent(message.idempotencyKey(), content);
    if (before == null) {
      kinds.add(message.transition().kind());
      lanes
          .computeIfAbsent(
              message.destination() + " " + message.incident().id(), lane -> new ArrayList<>())
          .add(message.idempotencyKey() + " at " + Duration.between(T0, now));
    } else {
      assertThat(content).as(message.idempotencyKey()).isEqualTo(before);
    }
  }

  Set<Transition.Kind> kinds() {
    return kinds;
  }

  /** All that anybody can see of it afterwards. */
  Map<String, Object> seen() {
    var all = new LinkedHashMap<String, Object>();
    all.put("received", received);
    all.put("lanes", lanes);
    all.put("incidents", everyIncident().stream().map(KilledStory::words).toList());
    all.put("timelines", everyIncident().stream().map(this::timeline).toList());
    all.put("open", incidents.open().size());
    all.put(
        "postmortems",
        everyIncident().stream()
            .map(i -> postmortems.versions(i.id()).stream().map(Postmortem::at).toList())
            .toList());
    return all;
  }

  private List<Incident> everyIncident() {
    return incidents.search(
        new IncidentStore.Filter(
            List.of(Incident.State.values()), List.of(), Optional.empty(), Optional.empty(), 100));
  }

  private static String words(Incident incident) {
    return incident.number()
        + " "
        + incident.id()
        + " "
        + incident.severity()
        + " "
        + incident.state()
        + " "
        + incident.acknowledgedBy()
        + " "
        + incident.clocks();
  }

  private List<String> timeline(Incident incident) {
    return incidents.events(incident.id()).stream()
        .map(
            event ->
                event.seq() + " " + event.at() + " " + event.change().getClass().getSimpleName())
        .toList();
  }

  /** Kinds of events of all incidents. */
  Set<String> changes() {
    var names = new HashSet<String>();
    everyIncident()
        .forEach(
            it ->
                incidents
                    .events(it.id())
                    .forEach(event -> names.add(event.change().getClass().getSimpleName())));
    return names;
  }
}

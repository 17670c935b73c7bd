package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.incident.Actor;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Publication;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.incident.Timeline;
import io.tocsin.notify.Destination;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.EscalationPolicy;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.OnCall;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.RoutingTree;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The road with ports in memory and a clock turned by hand. */
final class Road {
  static final Policies POLICIES = policies(RouteSpec.to("ops"));

  private final EvaluationCycle cycle;
  private final InMemoryIncidentStore store = new InMemoryIncidentStore();
  private final InMemoryOutbox outbox = new InMemoryOutbox(store);
  private final List<Message> sent = new ArrayList<>();
  private final List<IncidentEvent> events = new ArrayList<>();
  private List<MarkedAlert> firing = List.of();
  private Set<IncidentId> muted = Set.of();
  private EngineState state = EngineState.EMPTY;
  private Silences silences = Silences.NONE;
  private Instant now = AlertExamples.T0;

  Road() {
    this(POLICIES);
  }

  Road(Policies policies) {
    this.cycle = new EvaluationCycle(policies);
  }

  static Policies policies(RouteSpec routes) {
    var receivers =
        Map.of(
            "ops",
            List.of(new Destination("ops", "pagerduty", 0), new Destination("ops", "webhook", 0)),
            "level2",
            List.of(new Destination("level2", "email", 0)),
            "engineering",
            List.of(new Destination("engineering", "slack", 0)));
    var escalation =
        EscalationPolicies.of(
            List.of(
                EscalationPolicy.Step.receiver(Duration.ofMinutes(15), "level2"),
                EscalationPolicy.Step.receiver(Duration.ofMinutes(45), "engineering")));
    return new Policies(
        SeverityPolicy.OWNERS,
        new Publication(Publication.Mode.AUTO, Set.of("Database", "Web app")),
        new RoutingTree(routes),
        new Receivers(receivers),
        escalation,
        OnCall.NOBODY);
  }

  Instant now() {
    return now;
  }

  void take(Evaluation... evaluations) {
    run(List.of(evaluations), List.of());
  }

  Answer ask(IncidentId target, IncidentCommand command, String person) {
    return ask(target, command, Actor.person(person));
  }

  Answer ask(IncidentId target, IncidentCommand command, Actor actor) {
    var order = new Order(Optional.of(target), command, actor, Optional.empty());
    return run(List.of(), List.of(order)).answers().getFirst();
  }

  /** Turns the clock on, a cycle at every second of the last minute and at every minute before. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Duration left = Duration.between(now, end);
      now = now.plusSeconds(left.toSeconds() > 60 ? 60 : 1);
      run(List.of(), List.of());
    }
  }

  /** The machine's clock is set, without time passing; also back. */
  void jump(Duration time) {
    now = now.plus(time);
  }

  void silence(Silences what) {
    silences = what;
    run(List.of(), List.of());
  }

  /** As after the end of the process: only what was committed is left. */
  void restart(Duration downtime) {
    now = now.plus(downtime);
    state = Restart.from(outbox, store, now).state();
  }

  private EvaluationCycle.Result run(List<Evaluation> evaluations, List<Order> orders) {
    EvaluationCycle.Result result =
        cycle.run(state, new EvaluationCycle.Inputs(evaluations, Set.of(), orders), silences, now);
    outbox.commit(result.commit());
    state = result.next();
    firing = result.firing();
    muted = result.muted();
    sent.addAll(result.commit().messages());
    events.addAll(result.commit().events());
    return result;
  }

  List<Alert> pending() {
    return state.alerts().pending();
  }

  List<GroupView> groups() {
    return cycle.groups(new Snapshot(state, firing, muted), now);
  }

  List<MarkedAlert> firing() {
    return firing;
  }

  List<Incident> open() {
    return state.incidents().open();
  }

  Incident onlyOpen() {
    if (open().size() != 1) {
      throw new AssertionError("expected one open incident, found " + open());
    }
    return open().getFirst();
  }

  List<Message> sent() {
    return sent;
  }

  void clearSent() {
    sent.clear();
  }

  List<IncidentEvent> events() {
    return events;
  }

  List<String> timeline() {
    return events.stream().map(Timeline::describe).toList();
  }

  EngineState state() {
    return state;
  }
}

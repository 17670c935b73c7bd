package io.tocsin.engine;

import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.AlertTracker.Advance;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.incident.Burning;
import io.tocsin.incident.ClockWork;
import io.tocsin.incident.Commands;
import io.tocsin.incident.Correlation;
import io.tocsin.incident.Desk;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentFold;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Incidents;
import io.tocsin.incident.Recorder;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Escalation;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outlook;
import io.tocsin.notify.Planner;
import io.tocsin.notify.QuietHours;
import io.tocsin.notify.Reminders;
import io.tocsin.notify.Sent;
import io.tocsin.notify.Team;
import io.tocsin.silence.Silences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The straight road, once along: from what was found to what is to be committed. No I/O. */
final class EvaluationCycle {
  private final AlertTracker tracker = new AlertTracker();
  private final IncidentFold fold;
  private final Desk desk;
  private final Commands commands;
  private final ClockWork clocks;
  private final Escalation escalation;
  private final Correlation correlation;
  private final Team team;
  private final Reminders reminders;
  private final Planner planner;
  private final Outlook outlook;
  private final QuietHours hours;

  EvaluationCycle(Policies policies) {
    this.fold = new IncidentFold(policies.severities());
    this.desk = new Desk(policies.routes(), policies.publication());
    this.escalation = new Escalation(policies.escalation(), policies.onCall());
    this.commands =
        new Commands(desk, policies.publication(), escalation, policies.severities().pausable());
    this.correlation = new Correlation(desk, policies.correlation());
    this.team = new Team(policies.team(), policies.onCall());
    this.clocks = new ClockWork(policies.severities());
    this.reminders = new Reminders(policies.severities().remindEvery(), policies.onCall());
    this.planner = new Planner(policies.routes(), policies.receivers());
    this.outlook = new Outlook(policies.routes(), policies.receivers());
    this.hours = new QuietHours(policies.routes());
  }

  /**
   * What a cycle leads to.
   *
   * @param next the state after its commit
   * @param firing every firing alert with what mutes it
   * @param muted open incidents that make no sound
   * @param commit what must be durable before the state may advance
   * @param answers one for each order
   */
  record Result(
      EngineState next,
      List<MarkedAlert> firing,
      Set<IncidentId> muted,
      Commit commit,
      List<Answer> answers) {}

  /**
   * What a cycle takes in.
   *
   * @param results what evaluations found, in order
   * @param retired ids of rules that are no longer there
   * @param orders what people ask
   */
  record Inputs(List<Evaluation> results, Set<String> retired, List<Order> orders) {}

  /** What follows from the inputs, from what is silenced, and from the time. */
  Result run(EngineState state, Inputs inputs, Silences silences, Instant now) {
    Advance alerts = advance(state, inputs.results(), inputs.retired(), now);
    return run(state, alerts, inputs.orders(), silences, true, now);
  }

  /** The first step by itself: it tells how many alerts a cycle would change. */
  Advance advance(EngineState state, List<Evaluation> results, Set<String> retired, Instant now) {
    return tracker.advance(state.alerts(), results, retired, now);
  }

  /**
   * What follows once the alerts have advanced.
   *
   * @param whole whether everything is looked at, or only what changed: the rest, and what time
   *     alone brings, is then found by the next whole look
   */
  Result run(
      EngineState state,
      Advance alerts,
      List<Order> orders,
      Silences silences,
      boolean whole,
      Instant now) {
    List<MarkedAlert> firing = hours.mark(silences.mark(alerts.next().firing(), now), now);
    Burning burning = whole ? Burning.all(firing) : Burning.changes(firing, alerts.changed());

    var recorder = new Recorder(fold, state.incidents(), whole);
    List<Answer> answers = carryOut(orders, recorder, now);
    Set<IncidentId> muted = desk.reconcile(recorder, burning, now);
    correlation.advance(recorder, now);
    clocks.advance(recorder, now);
    escalation.advance(recorder, muted, now);
    reminders.advance(recorder, muted, now);
    team.advance(recorder, muted, now);

    List<Message> messages = planner.plan(recorder, muted, state.sent(), now);
    var commit =
        new Commit(
            alerts.changed(), alerts.gone(), recorder.changed(), recorder.events(), messages);
    return new Result(
        after(state, alerts, recorder, messages), firing, Set.copyOf(muted), commit, answers);
  }

  /** When every group is told of next. */
  List<GroupView> groups(Snapshot snapshot, Instant now) {
    EngineState state = snapshot.state();
    return outlook.of(state.incidents().open(), snapshot.muted(), state.sent(), now);
  }

  private List<Answer> carryOut(List<Order> orders, Recorder recorder, Instant now) {
    var answers = new ArrayList<Answer>();
    for (Order order : orders) {
      order.recalled().ifPresent(recorder::recall);
      answers.add(commands.apply(recorder, order.target(), order.command(), order.actor(), now));
    }
    return answers;
  }

  /** One evaluation as several that change at most so many alerts each. */
  List<Evaluation> pieces(EngineState state, Evaluation evaluation, int limit) {
    return tracker.pieces(state.alerts(), evaluation, limit);
  }

  private static EngineState after(
      EngineState state, Advance alerts, Recorder recorder, List<Message> messages) {
    Incidents incidents = recorder.incidents();
    Sent sent = state.sent().with(messages);
    // Incidents are forgotten by whole looks alone.
    return new EngineState(
        alerts.next(), incidents, recorder.whole() ? sent.keep(incidents.ids()) : sent);
  }
}

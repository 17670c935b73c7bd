package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.EscalationSteps;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Page;
import io.tocsin.incident.Recorder;
import io.tocsin.incident.Timeline;
import io.tocsin.notify.EscalationPolicy.Step;
import io.tocsin.oncall.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Escalation is time passing: an incident that nobody acknowledges climbs the steps of its policy,
 * and begins them anew as often as the policy says; a missed target of any incident takes it one
 * step up. At most one step each cycle. Who is called is written into the event, so a schedule that
 * changes later changes nothing that was decided.
 */
public final class Escalation implements EscalationSteps {
  private final EscalationPolicies policies;
  private final OnCall onCall;

  public Escalation(EscalationPolicies policies, OnCall onCall) {
    this.policies = policies;
    this.onCall = onCall;
  }

  /** A place on a policy's ladder. */
  private record Rung(EscalationPolicy policy, int step, int round) {
    Step told() {
      return policy.steps().get(step - 1);
    }
  }

  /**
   * Writes what is due: acknowledgements that lapse, triggers that alerts name, steps.
   *
   * @param muted incidents that make no sound now: they do not climb
   */
  public void advance(Recorder recorder, Set<IncidentId> muted, Instant now) {
    if (policies.none()) {
      return;
    }
    Map<IncidentId, Clock> missed = missed(recorder);
    Map<IncidentId, String> named = named(recorder);
    for (Incident incident : recorder.lookedAt()) {
      if (!muted.contains(incident.id())) {
        Incident after = lapse(recorder, incident, now);
        Optional<Change.Escalated> called =
            Optional.ofNullable(named.get(after.id()))
                .flatMap(trigger -> triggered(after, trigger, "named by an alert", now));
        called
            .or(
                () ->
                    rung(after)
                        .flatMap(
                            rung ->
                                reason(after, rung, missed, now).map(why -> step(rung, why, now))))
            .or(() -> stuck(after, now))
            .ifPresent(change -> recorder.record(after.id(), Actor.SYSTEM, change, now));
      }
    }
  }

  @Override
  public Optional<Change.Escalated> next(Incident incident, String reason, Instant now) {
    return rung(incident).map(rung -> step(rung, reason, now));
  }

  @Override
  public Optional<Change.Escalated> triggered(
      Incident incident, String trigger, String reason, Instant now) {
    return Optional.ofNullable(policies.triggers().get(trigger))
        .map(
            row ->
                new Change.Escalated(
                    incident.escalationStep(),
                    row.words() + ", to act within " + Timeline.words(row.within()) + "; " + reason,
                    incident.paging().policy(),
                    incident.paging().round(),
                    onCall.contacts(row.targets(), now)));
  }

  @Override
  public Set<String> triggers() {
    return policies.triggers().keySet();
  }

  private Change.Escalated step(Rung rung, String reason, Instant now) {
    List<Contact> contacts = onCall.contacts(rung.told().targets(), now);
    String whom = contacts.isEmpty() ? reason + "; nobody is on call for it" : reason;
    return new Change.Escalated(rung.step(), whom, rung.policy().name(), rung.round(), contacts);
  }

  /** The next place; another policy, as after a change of severity, begins at its first step. */
  private Optional<Rung> rung(Incident incident) {
    return policies
        .of(incident)
        .filter(policy -> !policy.steps().isEmpty())
        .flatMap(
            policy -> {
              boolean same = policy.name().equals(incident.paging().policy());
              int step = same ? incident.escalationStep() : 0;
              int round = same ? incident.paging().round() : 0;
              if (step < policy.steps().size()) {
                return Optional.of(new Rung(policy, step + 1, round));
              }
              return round < policy.repeat()
                  ? Optional.of(new Rung(policy, 1, round + 1))
                  : Optional.empty();
            });
  }

  private static Optional<String> reason(
      Incident incident, Rung rung, Map<IncidentId, Clock> missed, Instant now) {
    Duration due = rung.policy().due(rung.step(), rung.round());
    boolean climbs = rung.policy().climbs(incident) && incident.acknowledgedAt().isEmpty();
    if (climbs && owed(incident).plus(due).compareTo(now) <= 0) {
      return Optional.of(
          due.isZero() ? "at once" : "nobody acknowledged within " + Timeline.words(due));
    }
    if (climbs && incident.escalationStep() > 0 && !incident.paging().reached()) {
      // A step into a gap of a schedule must not cost the time until the next one.
      return Optional.of("the step before reached nobody");
    }
    return Optional.ofNullable(missed.get(incident.id()))
        .map(clock -> Timeline.words(clock) + " missed its target");
  }

  /** Peer assistance for a responder who is stuck: by the table, else the next step. */
  private Optional<Change.Escalated> stuck(Incident incident, Instant now) {
    Optional<EscalationPolicy> policy = policies.of(incident).filter(it -> it.climbs(incident));
    return policy
        .flatMap(EscalationPolicy::stuckAfter)
        .filter(after -> incident.acknowledgedAt().isPresent())
        .filter(after -> !lastStir(incident).plus(after).isAfter(now))
        .map(after -> "no sign of a responder for " + Timeline.words(after))
        .flatMap(
            why ->
                triggered(incident, EscalationTrigger.STUCK, why, now)
                    .or(() -> next(incident, why, now)));
  }

  /** The last sign of life of a person. */
  private static Instant lastSign(Incident incident) {
    Instant sign = incident.acknowledgedAt().orElse(incident.openedAt());
    Instant touched = incident.paging().touchedAt().orElse(sign);
    return touched.isAfter(sign) ? touched : sign;
  }

  /** The last sign of life, or the call that went out for want of one. */
  private static Instant lastStir(Incident incident) {
    Instant sign = lastSign(incident);
    List<Page> pages = incident.paging().pages();
    return !pages.isEmpty() && pages.getLast().raisedAt().isAfter(sign)
        ? pages.getLast().raisedAt()
        : sign;
  }

  private Incident lapse(Recorder recorder, Incident incident, Instant now) {
    return policies
        .of(incident)
        .flatMap(EscalationPolicy::unacknowledgeAfter)
        .filter(after -> incident.acknowledgedAt().isPresent())
        .filter(after -> !lastSign(incident).plus(after).isAfter(now))
        .map(
            after ->
                recorder.record(
                    incident.id(),
                    Actor.SYSTEM,
                    new Change.Unacknowledged(
                        "no sign of a responder for " + Timeline.words(after)),
                    now))
        .orElse(incident);
  }

  private static Instant owed(Incident incident) {
    return incident.clock(Clock.RESPONSE).map(ClockState::startedAt).orElse(incident.openedAt());
  }

  private static Map<IncidentId, Clock> missed(Recorder recorder) {
    var missed = new LinkedHashMap<IncidentId, Clock>();
    for (IncidentEvent event : recorder.events()) {
      if (event.change() instanceof Change.ClockBreached breached) {
        missed.putIfAbsent(event.incident(), breached.clock());
      }
    }
    return missed;
  }

  /** Triggers named by alerts that joined in this cycle. */
  private static Map<IncidentId, String> named(Recorder recorder) {
    var named = new LinkedHashMap<IncidentId, String>();
    for (IncidentEvent event : recorder.events()) {
      List<Alert> alerts = joined(event.change());
      alerts.stream()
          .map(alert -> alert.labels().get(EscalationTrigger.LABEL))
          .filter(trigger -> !trigger.isEmpty())
          .findFirst()
          .ifPresent(trigger -> named.putIfAbsent(event.incident(), trigger));
    }
    return named;
  }

  private static List<Alert> joined(Change change) {
    if (change instanceof Change.Opened opened) {
      return opened.alerts();
    }
    return change instanceof Change.AlertsChanged changed ? changed.joined() : List.of();
  }
}

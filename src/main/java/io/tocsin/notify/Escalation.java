package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Recorder;
import io.tocsin.incident.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Escalation is time passing: a CRITICAL or HIGH incident that nobody acknowledges climbs the
 * steps, and a missed target of any incident takes it one step up. At most one step each cycle.
 */
public final class Escalation {
  private final EscalationPolicy policy;

  public Escalation(EscalationPolicy policy) {
    this.policy = policy;
  }

  /**
   * Writes the steps that are due.
   *
   * @param muted incidents that make no sound now: they do not climb
   */
  public void advance(Recorder recorder, Set<IncidentId> muted, Instant now) {
    Map<IncidentId, Clock> missed = missed(recorder);
    for (Incident incident : recorder.open()) {
      int next = incident.escalationStep() + 1;
      if (next <= policy.steps().size() && !muted.contains(incident.id())) {
        reason(incident, policy.steps().get(next - 1), missed, now)
            .ifPresent(
                reason ->
                    recorder.record(
                        incident.id(), Actor.SYSTEM, new Change.Escalated(next, reason), now));
      }
    }
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

  private static Optional<String> reason(
      Incident incident, EscalationPolicy.Step step, Map<IncidentId, Clock> missed, Instant now) {
    boolean climbs =
        !Severity.HIGH.worseThan(incident.severity()) && incident.acknowledgedAt().isEmpty();
    Instant owed =
        incident.clock(Clock.RESPONSE).map(ClockState::startedAt).orElse(incident.openedAt());
    Duration waited = Duration.between(owed, now);
    if (climbs && waited.compareTo(step.after()) >= 0) {
      return Optional.of("nobody acknowledged within " + Timeline.words(step.after()));
    }
    return Optional.ofNullable(missed.get(incident.id()))
        .map(clock -> Timeline.words(clock) + " missed its target");
  }
}

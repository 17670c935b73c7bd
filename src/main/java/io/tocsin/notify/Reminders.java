package io.tocsin.notify;

import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Recorder;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reminds of a public update that is overdue, again and again until a person posts one: whoever has
 * communications, else the commander, else the receivers of the incident's routes. Each reminder is
 * one event, so it is one transition to everybody who hears it.
 */
public final class Reminders {
  private static final List<String> ROLES = List.of("communications", "commander");

  private final Optional<Duration> every;
  private final OnCall onCall;

  /**
   * @param every how often; empty for never
   */
  public Reminders(Optional<Duration> every, OnCall onCall) {
    this.every = every;
    this.onCall = onCall;
  }

  /**
   * Writes the reminders that are due.
   *
   * @param muted incidents that make no sound now: nobody is called for them
   */
  public void advance(Recorder recorder, Set<IncidentId> muted, Instant now) {
    if (every.isEmpty()) {
      return;
    }
    for (Incident incident : recorder.lookedAt()) {
      if (!muted.contains(incident.id())) {
        incident
            .clock(Clock.PUBLIC_UPDATE)
            .filter(clock -> due(clock, every.get(), now))
            .map(
                clock ->
                    new Change.ClockReminded(
                        clock.clock(), clock.deadline(), contacts(incident, now)))
            .ifPresent(change -> recorder.record(incident.id(), Actor.SYSTEM, change, now));
      }
    }
  }

  private static boolean due(ClockState clock, Duration every, Instant now) {
    return clock.running()
        && clock
            .breachedAt()
            .filter(missed -> !clock.remindedAt().orElse(missed).plus(every).isAfter(now))
            .isPresent();
  }

  /** What a person's contact rules do at once; later ones would ring after the update was made. */
  private List<Contact> contacts(Incident incident, Instant now) {
    for (String role : ROLES) {
      Optional<String> person = Optional.ofNullable(incident.roles().get(role));
      List<Contact> contacts =
          person
              .map(name -> onCall.contacts(List.of(new Target.OfPerson(name)), now))
              .orElse(List.of())
              .stream()
              .filter(contact -> contact.after().isZero())
              .toList();
      if (!contacts.isEmpty()) {
        return contacts;
      }
    }
    return List.of();
  }
}

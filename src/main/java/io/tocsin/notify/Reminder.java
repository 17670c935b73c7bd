package io.tocsin.notify;

import io.tocsin.incident.Incident;
import java.util.Optional;

/**
 * Something that people owe after an incident and are reminded of.
 *
 * @param incident what it came of
 * @param key names what is owed and until when, so that a new date is reminded of anew
 * @param step the how-manieth reminder of it, from 1
 * @param person who owes it, if anybody is named
 * @param text a line for people
 */
public record Reminder(
    Incident incident, String key, int step, Optional<String> person, String text) {

  /** The same of the incident as it was read just now. */
  public Reminder about(Incident read) {
    return new Reminder(read, key, step, person, text);
  }

  /** What it is in the outbox: told once to each destination. */
  public Transition transition() {
    return new Transition(0, Transition.Kind.REMINDER, step);
  }
}

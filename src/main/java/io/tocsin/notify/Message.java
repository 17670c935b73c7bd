package io.tocsin.notify;

import io.tocsin.incident.Incident;
import java.time.Instant;
import java.util.Objects;

/**
 * Something to tell somebody: complete, so that what is sent later, or again, is the same.
 *
 * @param destination where to
 * @param dedupKey what receivers group by: the incident's id, with the route's split if any
 * @param transition what happened
 * @param incident the incident as it was then, with the worst of its alerts when there are many
 * @param text a line that says what happened, for people
 * @param reason why this destination gets it: the route, the escalation step, the repeat
 * @param at when it was planned
 * @param extent how many alerts it speaks of
 * @param standsFor of how many messages it takes the place, 1 for itself
 */
public record Message(
    Destination destination,
    String dedupKey,
    Transition transition,
    Incident incident,
    String text,
    String reason,
    Instant at,
    Extent extent,
    int standsFor) {

  /** What was kept before messages were cut or bundled is whole, and stands for itself. */
  public Message {
    standsFor = Math.max(1, standsFor);
    Incident whole = incident;
    extent = Objects.requireNonNullElseGet(extent, () -> Extent.of(whole));
  }

  /** A message that stands for itself. */
  public Message(
      Destination destination,
      String dedupKey,
      Transition transition,
      Incident incident,
      String text,
      String reason,
      Instant at,
      Extent extent) {
    this(destination, dedupKey, transition, incident, text, reason, at, extent, 1);
  }

  /** A message that carries every alert it speaks of. */
  public Message(
      Destination destination,
      String dedupKey,
      Transition transition,
      Incident incident,
      String text,
      String reason,
      Instant at) {
    this(destination, dedupKey, transition, incident, text, reason, at, Extent.of(incident), 1);
  }

  /** As messages name an incident: {@code #2 HIGH Payments fail}. */
  public static String name(Incident incident) {
    return "#" + incident.number() + " " + incident.severity() + " " + incident.title();
  }

  /** The same over all retries and over nodes: destination, key and transition. */
  public String idempotencyKey() {
    return dedupKey + ":" + transition + ":" + destination;
  }
}

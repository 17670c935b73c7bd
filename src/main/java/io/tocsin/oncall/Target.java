package io.tocsin.oncall;

/** Whom an escalation step tells. */
public sealed interface Target {

  /** One person, by their contact rules. */
  record OfPerson(String name) implements Target {}

  /** Whoever is on call. */
  record OfSchedule(String name) implements Target {}

  /** Whoever the configuration says fills a role: L1, engineering, the CEO. */
  record OfRole(String name) implements Target {}

  /** A receiver as such. */
  record OfReceiver(String name) implements Target {}
}

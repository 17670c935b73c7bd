package io.tocsin.incident;

/** What an incident of a severity owes, each with its own target in the owner's table. */
public enum Clock {
  /** Somebody acknowledges. */
  RESPONSE,
  /** Stakeholders or affected users are told, by a person. */
  COMMUNICATION,
  /** The status page is updated, by a person; renewed after each update where the table says so. */
  PUBLIC_UPDATE,
  /** It is over. */
  RESOLUTION
}

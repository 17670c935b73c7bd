package io.tocsin.incident;

import java.util.Locale;

/** What the public is told of an incident's progress. */
public enum Phase {
  INVESTIGATING,
  IDENTIFIED,
  MONITORING,
  RESOLVED;

  /** As in the JSON of a status page: {@code investigating}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

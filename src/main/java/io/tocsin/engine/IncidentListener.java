package io.tocsin.engine;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;

/**
 * Hears of every incident event once it is durable, in order; while the database is away, once it
 * is decided. Called on the engine's thread: returns at once and never blocks.
 */
@FunctionalInterface
public interface IncidentListener {

  /**
   * @param after the incident after all that happened to it in the same cycle
   */
  void happened(IncidentEvent event, Incident after);

  /** This listener, then another. */
  default IncidentListener and(IncidentListener other) {
    return (event, after) -> {
      happened(event, after);
      other.happened(event, after);
    };
  }
}

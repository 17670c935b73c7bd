package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Incidents and their events as committed; for readers. Calls block: virtual threads only. */
public interface IncidentStore {

  /** All open incidents, newest first. */
  List<Incident> open();

  Optional<Incident> find(IncidentId id);

  /** The timeline of one incident, oldest first; empty when unknown. */
  List<IncidentEvent> events(IncidentId id);

  /** Incidents that match, newest first. */
  List<Incident> search(Filter filter);

  /**
   * What to look for.
   *
   * @param states empty = all
   * @param severities empty = all
   * @param openedBefore page on: only incidents opened before this instant
   * @param resolvedAfter only incidents still open or resolved after this instant
   * @param limit at most so many, 1 to 500
   */
  record Filter(
      List<Incident.State> states,
      List<Severity> severities,
      Optional<Instant> openedBefore,
      Optional<Instant> resolvedAfter,
      int limit) {
    public Filter {
      states = List.copyOf(states);
      severities = List.copyOf(severities);
      if (limit < 1 || limit > 500) {
        throw new IllegalArgumentException("limit: found " + limit + ", expected 1 to 500");
      }
    }
  }
}

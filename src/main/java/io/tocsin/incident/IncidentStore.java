package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** All open incidents, newest first, without their alerts. */
  default List<Incident> openOutlines() {
    return open();
  }

  /** What {@link #search} finds, without the alerts, for readers who need none and look often. */
  default List<Incident> outlines(Filter filter) {
    return search(filter);
  }

  /**
   * Every open incident and the newest of those that ended lately, for readers who need no alerts:
   * the thousands of a storm may be left out.
   *
   * @param endedAfter only incidents still open or ended after this instant
   * @param limit at most so many ended ones, 1 to 500
   */
  default List<Incident> outlines(Instant endedAfter, int limit) {
    Map<IncidentId, Incident> byId = new LinkedHashMap<>();
    openOutlines().forEach(incident -> byId.put(incident.id(), incident));
    var ended = EnumSet.complementOf(EnumSet.of(Incident.State.OPEN));
    outlines(
            new Filter(
                List.copyOf(ended), List.of(), Optional.empty(), Optional.of(endedAfter), limit))
        .forEach(incident -> byId.put(incident.id(), incident));
    return List.copyOf(byId.values());
  }

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

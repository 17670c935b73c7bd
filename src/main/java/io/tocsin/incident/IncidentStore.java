package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
   * What the public may see of the open incidents and of the newest that ended lately, without
   * their alerts; the thousands of a storm may be left out.
   *
   * @param endedAfter only incidents still open or ended after this instant
   * @param limit looks at no more ended ones than so many, 1 to 500
   */
  default Shown shown(Instant endedAfter, int limit) {
    var ended = EnumSet.complementOf(EnumSet.of(Incident.State.OPEN));
    var filter =
        new Filter(List.copyOf(ended), List.of(), Optional.empty(), Optional.of(endedAfter), limit);
    List<Incident> lately =
        Stream.concat(openOutlines().stream(), outlines(filter).stream()).toList();
    return new Shown(
        lately.stream().filter(Incident::published).toList(),
        lately.stream()
            .filter(incident -> !incident.published())
            .map(Incident::id)
            .collect(Collectors.toSet()));
  }

  /**
   * Incidents as the public may see them.
   *
   * @param published those it may see
   * @param hidden ids of those it must not
   */
  record Shown(List<Incident> published, Set<IncidentId> hidden) {
    public Shown {
      published = List.copyOf(published);
      hidden = Set.copyOf(hidden);
    }
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

package io.tocsin.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents in memory; what an outbox beside it commits is put in by {@link #save}. */
public final class InMemoryIncidentStore implements IncidentStore {

  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.comparing(Incident::openedAt).thenComparing(Incident::number).reversed();

  private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
  private final Map<IncidentId, List<IncidentEvent>> events = new LinkedHashMap<>();

  /** Takes what was committed; an event already there is left as it is. */
  public synchronized void save(List<Incident> changed, List<IncidentEvent> happened) {
    changed.forEach(incident -> incidents.put(incident.id(), incident));
    for (IncidentEvent event : happened) {
      var timeline = events.computeIfAbsent(event.incident(), id -> new ArrayList<>());
      if (timeline.isEmpty() || timeline.getLast().seq() < event.seq()) {
        timeline.add(event);
      }
    }
  }

  @Override
  public synchronized List<Incident> open() {
    return incidents.values().stream().filter(Incident::open).sorted(NEWEST_FIRST).toList();
  }

  @Override
  public synchronized Optional<Incident> find(IncidentId id) {
    return Optional.ofNullable(incidents.get(id));
  }

  @Override
  public synchronized List<IncidentEvent> events(IncidentId id) {
    return List.copyOf(events.getOrDefault(id, List.of()));
  }

  @Override
  public synchronized List<Incident> search(Filter filter) {
    return incidents.values().stream()
        .filter(incident -> matches(filter, incident))
        .sorted(NEWEST_FIRST)
        .limit(filter.limit())
        .toList();
  }

  private static boolean matches(Filter filter, Incident incident) {
    Optional<Instant> resolvedAt = incident.resolvedAt();
    return (filter.states().isEmpty() || filter.states().contains(incident.state()))
        && (filter.severities().isEmpty() || filter.severities().contains(incident.severity()))
        && filter.openedBefore().map(incident.openedAt()::isBefore).orElse(true)
        && filter
            .resolvedAfter()
            .map(after -> resolvedAt.isEmpty() || resolvedAt.get().isAfter(after))
            .orElse(true);
  }
}

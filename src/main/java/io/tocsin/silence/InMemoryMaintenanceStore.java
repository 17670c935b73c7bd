package io.tocsin.silence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Planned maintenance in memory. */
public final class InMemoryMaintenanceStore implements MaintenanceStore {
  private final Map<String, Maintenance> planned = new ConcurrentHashMap<>();

  @Override
  public List<Maintenance> endingAfter(Instant instant) {
    return planned.values().stream()
        .filter(maintenance -> maintenance.endsAt().isAfter(instant))
        .sorted(Comparator.comparing(Maintenance::startsAt).thenComparing(Maintenance::id))
        .toList();
  }

  @Override
  public void save(Maintenance maintenance) {
    planned.put(maintenance.id(), maintenance);
  }

  @Override
  public boolean remove(String id) {
    return planned.remove(id) != null;
  }
}

package io.tocsin.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes in memory. */
public final class InMemoryChangeEventStore implements ChangeEventStore {
  private final Map<String, ChangeEvent> changes = new LinkedHashMap<>();

  @Override
  public synchronized void save(ChangeEvent change) {
    changes.putIfAbsent(change.id(), change);
  }

  @Override
  public synchronized List<ChangeEvent> between(Instant from, Instant to, int limit) {
    return changes.values().stream()
        .filter(change -> !change.at().isBefore(from) && change.at().isBefore(to))
        .sorted(Comparator.comparing(ChangeEvent::at).reversed())
        .limit(limit)
        .toList();
  }
}

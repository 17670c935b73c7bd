package io.tocsin.incident;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Webhooks and foreign names in memory. */
public final class InMemoryHookLedger implements HookLedger {
  private final Map<Key, Instant> taken = new HashMap<>();
  private final Map<Key, IncidentId> links = new HashMap<>();

  private record Key(String source, String id) {}

  @Override
  public synchronized Optional<Instant> takenAt(String source, String id) {
    return Optional.ofNullable(taken.get(new Key(source, id)));
  }

  @Override
  public synchronized void taken(String source, String id, Instant at) {
    taken.putIfAbsent(new Key(source, id), at);
  }

  @Override
  public synchronized Optional<IncidentId> incident(String source, String foreignId) {
    return Optional.ofNullable(links.get(new Key(source, foreignId)));
  }

  @Override
  public synchronized Optional<String> foreignId(String source, IncidentId incident) {
    return links.entrySet().stream()
        .filter(link -> link.getKey().source.equals(source) && link.getValue().equals(incident))
        .map(link -> link.getKey().id)
        .sorted()
        .findFirst();
  }

  @Override
  public synchronized void link(String source, String foreignId, IncidentId incident) {
    links.put(new Key(source, foreignId), incident);
  }

  @Override
  public synchronized void forget(Instant before) {
    taken.values().removeIf(before::isAfter);
  }
}

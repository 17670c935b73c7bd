package io.tocsin.silence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Silences in memory. */
public final class InMemorySilenceStore implements SilenceStore {
  private final Map<String, Silence> silences = new ConcurrentHashMap<>();

  @Override
  public List<Silence> endingAfter(Instant instant) {
    return silences.values().stream()
        .filter(silence -> silence.overAt().isAfter(instant))
        .sorted(Comparator.comparing(Silence::startsAt).thenComparing(Silence::id))
        .toList();
  }

  @Override
  public Optional<Silence> find(String id) {
    return Optional.ofNullable(silences.get(id));
  }

  @Override
  public void save(Silence silence) {
    silences.put(silence.id(), silence);
  }

  @Override
  public boolean remove(String id) {
    return silences.remove(id) != null;
  }
}

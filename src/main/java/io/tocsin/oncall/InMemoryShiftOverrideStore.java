package io.tocsin.oncall;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** See {@link ShiftOverrideStore#inMemory}. */
final class InMemoryShiftOverrideStore implements ShiftOverrideStore {
  private final Map<String, ShiftOverride> byId = new LinkedHashMap<>();

  @Override
  public synchronized List<ShiftOverride> endingAfter(Instant instant) {
    return byId.values().stream()
        .filter(override -> override.end().isAfter(instant))
        .sorted(Comparator.comparing(ShiftOverride::createdAt).thenComparing(ShiftOverride::id))
        .toList();
  }

  @Override
  public synchronized void save(List<ShiftOverride> overrides) {
    overrides.forEach(override -> byId.put(override.id(), override));
  }

  @Override
  public synchronized boolean remove(String id) {
    return byId.remove(id) != null;
  }
}

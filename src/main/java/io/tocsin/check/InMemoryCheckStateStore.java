package io.tocsin.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers states for as long as the process lives. Thread-safe. */
public final class InMemoryCheckStateStore implements CheckStateStore {

  private final Map<String, CheckState> states = new ConcurrentHashMap<>();

  @Override
  public void save(Collection<CheckState> changed) {
    changed.forEach(state -> states.put(state.check(), state));
  }

  @Override
  public List<CheckState> load() {
    return List.copyOf(states.values());
  }
}

package io.tocsin.check;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Definitions as long as the process lives. */
public final class InMemoryCheckDefinitionStore implements CheckDefinitionStore {

  private final Map<String, CheckDefinition> definitions = new TreeMap<>();
  private final Set<String> paused = new HashSet<>();

  @Override
  public synchronized List<CheckDefinition> all() {
    return List.copyOf(definitions.values());
  }

  @Override
  public synchronized boolean add(CheckDefinition definition) {
    return definitions.putIfAbsent(definition.name(), definition) == null;
  }

  @Override
  public synchronized boolean remove(String name) {
    boolean there = definitions.remove(name) != null;
    if (there) {
      paused.remove(name);
    }
    return there;
  }

  @Override
  public synchronized Set<String> paused() {
    return Set.copyOf(paused);
  }

  @Override
  public synchronized void pause(String name, boolean rests, Instant now, String by) {
    if (rests) {
      paused.add(name);
    } else {
      paused.remove(name);
    }
  }
}

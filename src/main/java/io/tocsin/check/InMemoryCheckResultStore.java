package io.tocsin.check;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the latest observations of each check; older ones make room. Thread-safe. */
public final class InMemoryCheckResultStore implements CheckResultStore {

  private final int perCheck;
  private final Map<String, ArrayDeque<CheckObservation>> histories = new HashMap<>();

  /**
   * @param perCheck how many observations of one check are kept, at least 1
   */
  public InMemoryCheckResultStore(int perCheck) {
    if (perCheck < 1) {
      throw new IllegalArgumentException("perCheck: found " + perCheck + ", expected at least 1");
    }
    this.perCheck = perCheck;
  }

  @Override
  public synchronized void append(List<CheckObservation> batch) {
    for (CheckObservation observation : batch) {
      var history =
          histories.computeIfAbsent(observation.result().check(), check -> new ArrayDeque<>());
      if (history.size() == perCheck) {
        history.removeFirst();
      }
      history.addLast(observation);
    }
  }

  @Override
  public synchronized List<CheckObservation> read(
      String check, Instant from, Instant to, int limit) {
    return histories.getOrDefault(check, new ArrayDeque<>()).stream()
        .filter(observation -> !observation.result().at().isBefore(from))
        .filter(observation -> observation.result().at().isBefore(to))
        .limit(limit)
        .toList();
  }
}

package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was pushed across a restart. Calls may block and fail when the store is away. */
public interface PushedGroupStore {

  /**
   * A group as it stands.
   *
   * @param group the labels of the path
   * @param samples what it exposes, its own two series left out
   * @param pushedMillis when it was pushed last, 0 when never
   * @param failedMillis when a push was refused last, 0 when never
   */
  record Stored(Labels group, List<Sample> samples, long pushedMillis, long failedMillis) {
    public Stored {
      samples = List.copyOf(samples);
    }
  }

  /** A series with its value. */
  record Sample(Labels labels, double value) {}

  /** Every group. */
  List<Stored> all();

  /** Keeps a group, in the place of what was kept of it. */
  void save(Stored group);

  /** Forgets a group. */
  void remove(Labels group);

  /** In memory: gone with the process. */
  static PushedGroupStore inMemory() {
    Map<Labels, Stored> kept = new ConcurrentHashMap<>();
    return new PushedGroupStore() {
      @Override
      public List<Stored> all() {
        return List.copyOf(kept.values());
      }

      @Override
      public void save(Stored group) {
        kept.put(group.group(), group);
      }

      @Override
      public void remove(Labels group) {
        kept.remove(group);
      }
    };
  }
}

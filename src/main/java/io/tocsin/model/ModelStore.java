package io.tocsin.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the state of models survives a restart. */
public interface ModelStore {

  /** Keeps the latest snapshot of a model in place of the one before. */
  void save(String model, byte[] snapshot);

  /** Models that have a snapshot. */
  List<String> names();

  /** The latest snapshot. */
  Optional<byte[]> load(String model);

  /** Keeps snapshots as long as the process lives. */
  static ModelStore inMemory() {
    Map<String, byte[]> snapshots = new ConcurrentHashMap<>();
    return new ModelStore() {
      @Override
      public void save(String model, byte[] snapshot) {
        snapshots.put(model, snapshot.clone());
      }

      @Override
      public List<String> names() {
        return List.copyOf(snapshots.keySet());
      }

      @Override
      public Optional<byte[]> load(String model) {
        return Optional.ofNullable(snapshots.get(model)).map(byte[]::clone);
      }
    };
  }
}

package io.tocsin.model;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the state of models survives a restart. */
public interface ModelStore {

  /** Keeps the latest snapshot of a model in place of the one before. */
  void save(String model, byte[] snapshot);

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
      public Optional<byte[]> load(String model) {
        return Optional.ofNullable(snapshots.get(model)).map(byte[]::clone);
      }
    };
  }
}

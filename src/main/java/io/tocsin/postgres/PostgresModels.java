package io.tocsin.postgres;

import io.tocsin.model.ModelStore;
import java.util.List;
import java.util.Optional;

/** Snapshots of watched models in the database. */
public final class PostgresModels implements ModelStore {
  private final Database database;

  public PostgresModels(Database database) {
    this.database = database;
  }

  @Override
  public void save(String model, byte[] snapshot) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO model_state (model, snapshot) VALUES (:model, :snapshot)
                        ON CONFLICT (model) DO UPDATE SET snapshot = excluded.snapshot,
                          saved_at = now()
                        """)
                    .bind("model", Documents.text(model))
                    .bind("snapshot", snapshot)
                    .execute());
  }

  @Override
  public List<String> names() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT model FROM model_state ORDER BY model")
                    .mapTo(String.class)
                    .list());
  }

  @Override
  public Optional<byte[]> load(String model) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT snapshot FROM model_state WHERE model = :model")
                    .bind("model", Documents.text(model))
                    .map((row, context) -> row.getBytes(1))
                    .findOne());
  }
}

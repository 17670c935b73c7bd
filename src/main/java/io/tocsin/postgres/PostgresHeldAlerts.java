package io.tocsin.postgres;

import io.tocsin.alert.AlertKey;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.HeldAlertStore;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Posted alerts that are on, in the database. */
public final class PostgresHeldAlerts implements HeldAlertStore {
  private final Database database;

  public PostgresHeldAlerts(Database database) {
    this.database = database;
  }

  @Override
  public List<HeldAlert> all() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM posted_alert ORDER BY updated_at")
                    .map(Documents.rows(HeldAlert.class))
                    .list());
  }

  @Override
  public void change(List<HeldAlert> save, List<AlertKey> remove) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch saved =
                  handle.prepareBatch(
                      """
                      INSERT INTO posted_alert (key, source, updated_at, document)
                      VALUES (:key, :source, :at, cast(:document AS jsonb))
                      ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at,
                        document = excluded.document
                      """);
              for (HeldAlert alert : save) {
                saved
                    .bind("key", AlertKeys.of(alert.key()))
                    .bind("source", Documents.text(alert.source()))
                    .bind("at", alert.updatedAt())
                    .bind("document", Documents.write(alert))
                    .add();
              }
              PreparedBatch removed =
                  handle.prepareBatch("DELETE FROM posted_alert WHERE key = :key");
              remove.forEach(key -> removed.bind("key", AlertKeys.of(key)).add());
              if (saved.size() > 0) {
                saved.execute();
              }
              if (removed.size() > 0) {
                removed.execute();
              }
            });
  }
}

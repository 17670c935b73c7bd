package io.tocsin.postgres;

import io.tocsin.alert.AlertKey;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.HeldAlertStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
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
              save(handle, save);
              PreparedBatch removed =
                  handle.prepareBatch("DELETE FROM posted_alert WHERE key = :key");
              remove.forEach(key -> removed.bind("key", AlertKeys.of(key)).add());
              if (removed.size() > 0) {
                removed.execute();
              }
            });
  }

  /** One statement for all; of an alert that came twice the last counts. */
  private static void save(Handle handle, List<HeldAlert> alerts) {
    if (alerts.isEmpty()) {
      return;
    }
    var newest = new LinkedHashMap<String, HeldAlert>();
    alerts.forEach(alert -> newest.put(AlertKeys.of(alert.key()), alert));
    handle
        .createUpdate(
            """
            INSERT INTO posted_alert (key, source, updated_at, document)
            SELECT key, source, cast(at AS timestamptz), cast(document AS json)
            FROM unnest(:keys, :sources, :times, :documents) AS row (key, source, at, document)
            ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at,
              document = excluded.document
            """)
        .bindArray("keys", String.class, newest.keySet())
        .bindArray("sources", String.class, each(newest, it -> Documents.text(it.source())))
        .bindArray("times", String.class, each(newest, it -> it.updatedAt().toString()))
        .bindArray("documents", String.class, each(newest, Documents::write))
        .execute();
  }

  private static List<String> each(
      Map<String, HeldAlert> alerts, Function<HeldAlert, String> column) {
    return alerts.values().stream().map(column).toList();
  }
}

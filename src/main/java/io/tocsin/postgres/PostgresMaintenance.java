package io.tocsin.postgres;

import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStore;
import java.time.Instant;
import java.util.List;

/** Planned maintenance in the database. */
public final class PostgresMaintenance implements MaintenanceStore {
  private final Database database;

  public PostgresMaintenance(Database database) {
    this.database = database;
  }

  @Override
  public List<Maintenance> endingAfter(Instant instant) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM maintenance WHERE ends_at > :instant ORDER BY"
                            + " starts_at, id")
                    .bind("instant", instant)
                    .map(Documents.rows(Maintenance.class))
                    .list());
  }

  @Override
  public void save(Maintenance maintenance) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO maintenance (id, title, starts_at, ends_at, document)
                        VALUES (:id, :title, :starts, :ends, cast(:document AS jsonb))
                        ON CONFLICT (id) DO UPDATE SET title = excluded.title,
                          starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                          document = excluded.document
                        """)
                    .bind("id", maintenance.id())
                    .bind("title", maintenance.title())
                    .bind("starts", maintenance.startsAt())
                    .bind("ends", maintenance.endsAt())
                    .bind("document", Documents.write(maintenance))
                    .execute());
  }

  @Override
  public boolean remove(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate("DELETE FROM maintenance WHERE id = :id")
                        .bind("id", id)
                        .execute()
                    == 1);
  }
}

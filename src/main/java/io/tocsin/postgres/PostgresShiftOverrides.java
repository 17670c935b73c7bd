package io.tocsin.postgres;

import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.ShiftOverrideStore;
import java.time.Instant;
import java.util.List;

/** Overrides of on-call schedules in the database. */
public final class PostgresShiftOverrides implements ShiftOverrideStore {
  private final Database database;

  public PostgresShiftOverrides(Database database) {
    this.database = database;
  }

  @Override
  public List<ShiftOverride> endingAfter(Instant instant) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT document FROM shift_override WHERE ends_at > :instant"
                            + " ORDER BY document ->> 'createdAt', id")
                    .bind("instant", instant)
                    .map(Documents.rows(ShiftOverride.class))
                    .list());
  }

  @Override
  public void save(List<ShiftOverride> overrides) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              for (ShiftOverride override : overrides) {
                handle
                    .createUpdate(
                        """
                        INSERT INTO shift_override (id, schedule, starts_at, ends_at, document)
                        VALUES (:id, :schedule, :starts, :ends, cast(:document AS jsonb))
                        ON CONFLICT (id) DO UPDATE SET schedule = excluded.schedule,
                          starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                          document = excluded.document
                        """)
                    .bind("id", override.id())
                    .bind("schedule", override.schedule())
                    .bind("starts", override.start())
                    .bind("ends", override.end())
                    .bind("document", Documents.write(override))
                    .execute();
              }
            });
  }

  @Override
  public boolean remove(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate("DELETE FROM shift_override WHERE id = :id")
                        .bind("id", id)
                        .execute()
                    == 1);
  }
}

package io.tocsin.postgres;

import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import java.time.Instant;
import java.util.List;

/** Changes in the database. */
public final class PostgresChangeEvents implements ChangeEventStore {
  private final Database database;

  public PostgresChangeEvents(Database database) {
    this.database = database;
  }

  @Override
  public void save(ChangeEvent change) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO change_event (id, at, source, document)
                        VALUES (:id, :at, :source, cast(:document AS jsonb))
                        ON CONFLICT (id) DO NOTHING
                        """)
                    .bind("id", Documents.text(change.id()))
                    .bind("at", change.at())
                    .bind("source", Documents.text(change.source()))
                    .bind("document", Documents.write(change))
                    .execute());
  }

  @Override
  public List<ChangeEvent> between(Instant from, Instant to, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM change_event WHERE at >= :from AND at < :to
                        ORDER BY at DESC, id LIMIT :limit
                        """)
                    .bind("from", from)
                    .bind("to", to)
                    .bind("limit", limit)
                    .map(Documents.rows(ChangeEvent.class))
                    .list());
  }
}

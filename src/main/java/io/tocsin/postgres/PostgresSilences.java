package io.tocsin.postgres;

import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Silences in the database. */
public final class PostgresSilences implements SilenceStore {
  private final Database database;

  public PostgresSilences(Database database) {
    this.database = database;
  }

  @Override
  public List<Silence> endingAfter(Instant instant) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM silence WHERE ends_at > :instant
                        ORDER BY starts_at, id COLLATE "C"
                        """)
                    .bind("instant", instant)
                    .map(Documents.rows(Silence.class))
                    .list());
  }

  @Override
  public Optional<Silence> find(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM silence WHERE id = :id")
                    .bind("id", Documents.text(id))
                    .map(Documents.rows(Silence.class))
                    .findOne());
  }

  @Override
  public void save(Silence silence) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO silence (id, starts_at, ends_at, document)
                        VALUES (:id, :starts, :ends, cast(:document AS jsonb))
                        ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at,
                          ends_at = excluded.ends_at, document = excluded.document
                        """)
                    .bind("id", silence.id())
                    .bind("starts", silence.startsAt())
                    .bind("ends", silence.overAt())
                    .bind("document", Documents.write(silence))
                    .execute());
  }

  @Override
  public boolean remove(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate("DELETE FROM silence WHERE id = :id")
                        .bind("id", Documents.text(id))
                        .execute()
                    == 1);
  }
}

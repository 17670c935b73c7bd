package io.tocsin.postgres;

import io.tocsin.ingest.PushedGroupStore;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;

/** Pushed groups in the database. */
public final class PostgresPushedGroups implements PushedGroupStore {
  private final Database database;

  public PostgresPushedGroups(Database database) {
    this.database = database;
  }

  @Override
  public List<Stored> all() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM pushed_group ORDER BY key")
                    .map(Documents.rows(Stored.class))
                    .list());
  }

  @Override
  public void save(Stored group) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO pushed_group (key, pushed_at, document)
                        VALUES (encode(sha256(convert_to(:group, 'UTF8')), 'hex'), :at,
                          cast(:document AS jsonb))
                        ON CONFLICT (key) DO UPDATE SET pushed_at = excluded.pushed_at,
                          document = excluded.document
                        """)
                    .bind("group", Documents.write(group.group()))
                    .bind("at", Instant.ofEpochMilli(group.pushedMillis()))
                    .bind("document", Documents.write(group))
                    .execute());
  }

  @Override
  public void remove(Labels group) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "DELETE FROM pushed_group WHERE key = encode(sha256(convert_to(?, 'UTF8')),"
                        + " 'hex')",
                    Documents.write(group)));
  }
}

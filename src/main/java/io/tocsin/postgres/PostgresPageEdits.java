package io.tocsin.postgres;

import io.tocsin.statuspage.PageEditStore;
import io.tocsin.statuspage.PageEdits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What people changed of the status page, in the database. */
public final class PostgresPageEdits implements PageEditStore {

  private final Database database;

  public PostgresPageEdits(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Kept> load() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document, edited_by, edited_at FROM page_edits")
                    .map(
                        (row, context) ->
                            new Kept(
                                Documents.read(row.getString("document"), PageEdits.class),
                                row.getString("edited_by"),
                                row.getTimestamp("edited_at").toInstant()))
                    .findOne());
  }

  @Override
  public boolean save(Kept kept, Optional<Instant> before) {
    String sql =
        before.isPresent()
            ? """
            UPDATE page_edits SET document = cast(:document AS jsonb), edited_by = :by,
              edited_at = :at WHERE edited_at = :before
            """
            : """
            INSERT INTO page_edits (document, edited_by, edited_at)
            VALUES (cast(:document AS jsonb), :by, :at) ON CONFLICT DO NOTHING
            """;
    return database
        .jdbi()
        .withHandle(
            handle -> {
              var update =
                  handle
                      .createUpdate(sql)
                      .bind("document", Documents.write(kept.edits()))
                      .bind("by", Documents.text(kept.by()))
                      .bind("at", kept.at().truncatedTo(ChronoUnit.MICROS));
              before.ifPresent(at -> update.bind("before", at));
              return update.execute() == 1;
            });
  }

  @Override
  public void reset() {
    database.jdbi().useHandle(handle -> handle.execute("DELETE FROM page_edits"));
  }
}

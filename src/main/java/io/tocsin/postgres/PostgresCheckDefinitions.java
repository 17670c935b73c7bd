package io.tocsin.postgres;

import io.tocsin.check.CheckDefinition;
import io.tocsin.check.CheckDefinitionStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Checks of the API, and rests, one row each. */
public final class PostgresCheckDefinitions implements CheckDefinitionStore {
  private final Database database;

  public PostgresCheckDefinitions(Database database) {
    this.database = database;
  }

  @Override
  public List<CheckDefinition> all() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM check_definition ORDER BY name COLLATE \"C\"")
                    .map(
                        (row, context) ->
                            new CheckDefinition(
                                row.getString("name"),
                                row.getString("document"),
                                row.getTimestamp("created_at").toInstant(),
                                row.getString("created_by")))
                    .list());
  }

  @Override
  public boolean add(CheckDefinition definition) {
    return database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createUpdate(
                            """
                            INSERT INTO check_definition (name, document, created_at, created_by)
                            VALUES (:name, :document, :at, :by)
                            ON CONFLICT (name) DO NOTHING
                            """)
                        .bind("name", Documents.text(definition.name()))
                        .bind("document", Documents.text(definition.document()))
                        .bind("at", definition.createdAt())
                        .bind("by", Documents.text(definition.createdBy()))
                        .execute())
        > 0;
  }

  @Override
  public boolean remove(String name) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              int gone =
                  handle
                      .createUpdate("DELETE FROM check_definition WHERE name = :name")
                      .bind("name", Documents.text(name))
                      .execute();
              if (gone > 0) {
                handle
                    .createUpdate("DELETE FROM check_pause WHERE check_name = :name")
                    .bind("name", Documents.text(name))
                    .execute();
              }
              return gone > 0;
            });
  }

  @Override
  public Set<String> paused() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                Set.copyOf(
                    handle
                        .createQuery("SELECT check_name FROM check_pause")
                        .mapTo(String.class)
                        .list()));
  }

  @Override
  public void pause(String name, boolean rests, Instant now, String by) {
    String change =
        rests
            ? """
            INSERT INTO check_pause (check_name, since, paused_by) VALUES (:name, :at, :by)
            ON CONFLICT (check_name) DO NOTHING
            """
            : "DELETE FROM check_pause WHERE check_name = :name";
    database
        .jdbi()
        .useHandle(
            handle -> {
              var update = handle.createUpdate(change).bind("name", Documents.text(name));
              if (rests) {
                update.bind("at", now).bind("by", Documents.text(by));
              }
              update.execute();
            });
  }
}

package io.tocsin.postgres;

import io.tocsin.view.SavedViews;
import java.util.List;

/** Filters of lists that people saved. */
public final class PostgresSavedViews implements SavedViews {

  private final Database database;

  public PostgresSavedViews(Database database) {
    this.database = database;
  }

  @Override
  public List<View> of(String list) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT list, name, query, saved_by, saved_at FROM saved_view
                        WHERE list = :list ORDER BY name
                        """)
                    .bind("list", list)
                    .map(
                        (row, context) ->
                            new View(
                                row.getString("list"),
                                row.getString("name"),
                                row.getString("query"),
                                row.getString("saved_by"),
                                row.getTimestamp("saved_at").toInstant()))
                    .list());
  }

  @Override
  public boolean add(View view) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate(
                            """
                            INSERT INTO saved_view (list, name, query, saved_by, saved_at)
                            SELECT :list, :name, :query, :by, :at
                            WHERE (SELECT count(*) FROM saved_view WHERE list = :list) < :most
                            ON CONFLICT (list, name) DO NOTHING
                            """)
                        .bind("list", view.list())
                        .bind("name", view.name())
                        .bind("query", view.query())
                        .bind("by", view.by())
                        .bind("at", view.at())
                        .bind("most", MOST)
                        .execute()
                    == 1);
  }

  @Override
  public boolean remove(String list, String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate("DELETE FROM saved_view WHERE list = :list AND name = :name")
                        .bind("list", list)
                        .bind("name", name)
                        .execute()
                    == 1);
  }
}

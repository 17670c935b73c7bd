package io.tocsin.postgres;

import io.tocsin.runbook.Runbook;
import io.tocsin.runbook.RunbookShelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pages in the database, searched by its full-text search.
 *
 * @see <a href="https://www.postgresql.org/docs/current/textsearch.html">Full Text Search</a>
 */
public final class PostgresRunbooks implements RunbookShelf {
  private final Database database;

  public PostgresRunbooks(Database database) {
    this.database = database;
  }

  @Override
  public List<Runbook> all() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT name, source FROM runbook ORDER BY name COLLATE \"C\"")
                    .map((row, context) -> Stored.read(row.getString(1), row.getString(2)))
                    .list());
  }

  @Override
  public Optional<Runbook> find(String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT name, source FROM runbook WHERE name = :name")
                    .bind("name", Documents.text(name))
                    .map((row, context) -> Stored.read(row.getString(1), row.getString(2)))
                    .findOne());
  }

  @Override
  public List<Hit> search(String words) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT name, source, ts_headline('english', source, query,
                          'StartSel=**, StopSel=**, MaxFragments=1, MaxWords=24, MinWords=8')
                        FROM runbook, websearch_to_tsquery('english', :words) query
                        WHERE words @@ query
                        ORDER BY ts_rank(words, query) DESC, name COLLATE "C" LIMIT 50
                        """)
                    .bind("words", Documents.text(words))
                    .map(
                        (row, context) ->
                            new Hit(
                                Stored.read(row.getString(1), row.getString(2)), row.getString(3)))
                    .list());
  }

  @Override
  public void replace(List<Runbook> pages) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              List<String> names = pages.stream().map(Runbook::name).toList();
              handle
                  .createUpdate("DELETE FROM runbook WHERE NOT name = ANY (:names)")
                  .bindArray("names", String.class, names)
                  .execute();
              for (Runbook page : pages) {
                handle
                    .createUpdate(
                        """
                        INSERT INTO runbook (name, source) VALUES (:name, :source)
                        ON CONFLICT (name) DO UPDATE SET source = excluded.source
                          WHERE runbook.source <> excluded.source
                        """)
                    .bind("name", Documents.text(page.name()))
                    .bind("source", Documents.text(Stored.write(page)))
                    .execute();
              }
            });
  }

  @Override
  public void vote(String name, String person, boolean helpful) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO runbook_vote (name, person, helpful)"
                            + " VALUES (:name, :person, :helpful)")
                    .bind("name", Documents.text(name))
                    .bind("person", Documents.text(person))
                    .bind("helpful", helpful)
                    .execute());
  }

  @Override
  public Map<String, Votes> votes() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT name, count(*) FILTER (WHERE helpful),
                          count(*) FILTER (WHERE NOT helpful)
                        FROM (
                          SELECT DISTINCT ON (name, person, voted_at::date) name, helpful
                          FROM runbook_vote ORDER BY name, person, voted_at::date, id DESC) AS last
                        GROUP BY name
                        """)
                    .map(
                        (row, context) ->
                            Map.entry(row.getString(1), new Votes(row.getLong(2), row.getLong(3))))
                    .list()
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** A page as text, front matter included, so that the file and the row are one form. */
  private static final class Stored {
    static String write(Runbook page) {
      return "---\n"
          + (page.playbook() ? "playbook: " : "alert: ")
          + page.name()
          + "\nseverity: "
          + page.severity()
          + "\nowner: "
          + page.owner()
          + "\ndashboards: ["
          + String.join(", ", page.dashboards())
          + "]\nlast_reviewed: "
          + page.lastReviewed().map(Object::toString).orElse("")
          + "\n---\n"
          + page.markdown();
    }

    static Runbook read(String name, String source) {
      return Runbook.parse(name, source);
    }
  }
}

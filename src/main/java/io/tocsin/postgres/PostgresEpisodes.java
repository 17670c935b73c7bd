package io.tocsin.postgres;

import io.tocsin.explain.Episode;
import io.tocsin.explain.EpisodeStore;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Episodes of alerts in the database. */
public final class PostgresEpisodes implements EpisodeStore {
  private final Database database;

  public PostgresEpisodes(Database database) {
    this.database = database;
  }

  @Override
  public void save(List<Episode> episodes) {
    if (episodes.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      """
                      INSERT INTO alert_episode (key, active_since, fingerprint, name, severity,
                        fired, ended_at, document)
                      VALUES (:key, :since, :fingerprint, :name, :severity, :fired, :ended,
                        cast(:document AS jsonb))
                      ON CONFLICT (key, active_since) DO UPDATE SET severity = excluded.severity,
                        fired = excluded.fired, ended_at = excluded.ended_at,
                        document = excluded.document
                      """);
              for (Episode episode : episodes) {
                batch
                    .bind("key", AlertKeys.of(episode.key()))
                    .bind("since", episode.activeSince())
                    .bind("fingerprint", episode.key().fingerprint())
                    .bind("name", Documents.text(episode.spec().alertName()))
                    .bind("severity", episode.severity())
                    .bind("fired", episode.fired())
                    .bind("ended", episode.endedAt())
                    .bind("document", Documents.write(episode))
                    .add();
              }
              batch.execute();
            });
  }

  @Override
  public List<Episode> open() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM alert_episode WHERE ended_at IS NULL")
                    .map(Documents.rows(Episode.class))
                    .list());
  }

  @Override
  public List<Episode> of(String fingerprint, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM alert_episode WHERE fingerprint = :fingerprint
                        ORDER BY active_since DESC LIMIT :limit
                        """)
                    .bind("fingerprint", Documents.text(fingerprint))
                    .bind("limit", limit)
                    .map(Documents.rows(Episode.class))
                    .list());
  }

  @Override
  public List<Episode> since(Instant from, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT document FROM alert_episode WHERE active_since >= :from
                        ORDER BY active_since DESC LIMIT :limit
                        """)
                    .bind("from", from)
                    .bind("limit", limit)
                    .map(Documents.rows(Episode.class))
                    .list());
  }

  @Override
  public void forget(Instant endedBefore) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("DELETE FROM alert_episode WHERE ended_at < :before")
                    .bind("before", endedBefore)
                    .execute());
  }
}

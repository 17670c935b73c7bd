package io.tocsin.postgres;

import io.tocsin.explain.Episode;
import io.tocsin.explain.EpisodeStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

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
    database.jdbi().useHandle(handle -> save(handle, episodes));
  }

  /** One statement for all: after a storm there are ten thousand. */
  private static void save(Handle handle, List<Episode> episodes) {
    handle
        .createUpdate(
            """
            INSERT INTO alert_episode (key, active_since, fingerprint, name, severity, fired,
              ended_at, document)
            SELECT key, cast(since AS timestamptz), fingerprint, name, severity, fired = 'true',
              cast(nullif(ended, '') AS timestamptz), cast(document AS jsonb)
            FROM unnest(:keys, :since, :fingerprints, :names, :severities, :fired, :ended,
                :documents)
              AS row (key, since, fingerprint, name, severity, fired, ended, document)
            ON CONFLICT (key, active_since) DO UPDATE SET severity = excluded.severity,
              fired = excluded.fired, ended_at = excluded.ended_at, document = excluded.document
            """)
        .bindArray("keys", String.class, each(episodes, it -> AlertKeys.of(it.key())))
        .bindArray("since", String.class, each(episodes, it -> it.activeSince().toString()))
        .bindArray("fingerprints", String.class, each(episodes, it -> it.key().fingerprint()))
        .bindArray(
            "names", String.class, each(episodes, it -> Documents.text(it.spec().alertName())))
        .bindArray("severities", String.class, each(episodes, it -> it.severity().name()))
        .bindArray("fired", String.class, each(episodes, it -> Boolean.toString(it.fired())))
        .bindArray(
            "ended",
            String.class,
            each(episodes, it -> it.endedAt().map(Instant::toString).orElse("")))
        .bindArray("documents", String.class, each(episodes, Documents::write))
        .execute();
  }

  private static List<String> each(List<Episode> episodes, Function<Episode, String> column) {
    return episodes.stream().map(column).toList();
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

package io.tocsin.postgres;

import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberDirectory.Filter;
import io.tocsin.statuspage.SubscriberDirectory.Last;
import io.tocsin.statuspage.SubscriberDirectory.Listed;
import io.tocsin.statuspage.SubscriberDirectory.Result;
import io.tocsin.statuspage.SubscriberStore.Backlog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads subscribers, also for those who look after them. */
final class SubscriberQueries {

  private static final String STATE =
      "CASE WHEN disabled_at IS NOT NULL THEN 'DISABLED' WHEN confirmed_at IS NULL"
          + " THEN 'UNCONFIRMED' ELSE 'ACTIVE' END";
  private static final String FITS =
      " WHERE (:kind = '' OR s.kind = :kind) AND (:state = '' OR "
          + STATE
          + " = :state) AND (:text = '' OR strpos(lower(s.target), :text) > 0"
          + " OR strpos(s.email, :text) > 0)";

  private SubscriberQueries() {}

  static List<Listed> list(Handle handle, Filter filter) {
    return fitting(
            handle.createQuery(
                "SELECT s.*, d.state AS went, d.next_attempt_at, d.attempts, d.detail FROM"
                    + " subscriber s LEFT JOIN LATERAL (SELECT * FROM subscriber_delivery WHERE"
                    + " subscriber = s.id ORDER BY planned_at DESC, id DESC LIMIT 1) d ON true"
                    + FITS
                    + " ORDER BY s.created_at DESC, s.id LIMIT :limit OFFSET :offset"),
            filter)
        .bind("limit", filter.limit())
        .bind("offset", filter.offset())
        .map((row, context) -> new Listed(subscriber(row), last(row)))
        .list();
  }

  static int count(Handle handle, Filter filter) {
    return fitting(handle.createQuery("SELECT count(*) FROM subscriber s" + FITS), filter)
        .mapTo(Integer.class)
        .one();
  }

  static Map<String, Integer> counts(Handle handle) {
    var counts = new TreeMap<String, Integer>();
    handle
        .createQuery(
            "SELECT lower(kind) || '.' || lower("
                + STATE
                + ") AS what, count(*) AS n FROM subscriber GROUP BY 1")
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(it -> counts.put(it.getKey(), it.getValue()));
    return counts;
  }

  static Backlog backlog(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS waiting, min(d.planned_at) FILTER (WHERE d.attempts = 0
              AND NOT EXISTS (SELECT 1 FROM subscriber_delivery e
                WHERE e.subscriber = d.subscriber AND e.lane = d.lane
                  AND e.state = 'PENDING' AND e.id < d.id)) AS oldest
            FROM subscriber_delivery d WHERE d.state = 'PENDING'
            """)
        .map(
            (row, context) ->
                new Backlog(
                    row.getLong("waiting"),
                    instant(row.getTimestamp("oldest"))
                        .map(at -> Duration.between(at, now))
                        .filter(Duration::isPositive)
                        .orElse(Duration.ZERO)))
        .one();
  }

  private static Query fitting(Query query, Filter filter) {
    return query
        .bind("kind", filter.kind().map(Enum::name).orElse(""))
        .bind("state", filter.state().map(Enum::name).orElse(""))
        .bind("text", filter.text().strip().toLowerCase(Locale.ROOT));
  }

  private static Optional<Last> last(ResultSet row) throws SQLException {
    String went = row.getString("went");
    if (went == null) {
      return Optional.empty();
    }
    Result result =
        switch (went) {
          case "DELIVERED" -> Result.DELIVERED;
          case "DEAD" -> Result.FAILED;
          default -> Result.WAITING;
        };
    return Optional.of(
        new Last(
            row.getTimestamp("next_attempt_at").toInstant(),
            result,
            row.getInt("attempts"),
            row.getString("detail")));
  }

  static Subscriber subscriber(ResultSet row) throws SQLException {
    return new Subscriber(
        row.getString("id"),
        Subscriber.Kind.valueOf(row.getString("kind")),
        row.getString("target"),
        row.getString("email"),
        List.of((String[]) row.getArray("components").getArray()),
        Language.parse(row.getString("language")).orElse(Language.EN),
        row.getTimestamp("created_at").toInstant(),
        instant(row.getTimestamp("confirmed_at")),
        instant(row.getTimestamp("failing_since")),
        instant(row.getTimestamp("disabled_at")));
  }

  private static Optional<Instant> instant(@Nullable Timestamp at) {
    return Optional.ofNullable(at).map(Timestamp::toInstant);
  }
}

package io.tocsin.postgres;

import io.tocsin.statuspage.News;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Subscribers and their outbox in the database. */
public final class PostgresSubscribers implements SubscriberStore {

  private static final int LONGEST_DETAIL = 300;

  private final Database database;

  public PostgresSubscribers(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Subscriber> ask(Subscriber wish, Bounds bounds, Instant now) {
    return database.jdbi().inTransaction(handle -> ask(handle, wish, bounds, now));
  }

  private static Optional<Subscriber> ask(
      Handle handle, Subscriber wish, Bounds bounds, Instant now) {
    Optional<Subscriber> before =
        handle
            .createQuery(
                "SELECT * FROM subscriber WHERE kind = :kind AND target = :target"
                    + " AND email = :email FOR UPDATE")
            .bind("kind", wish.kind().name())
            .bind("target", wish.target())
            .bind("email", wish.email())
            .map((row, context) -> SubscriberQueries.subscriber(row))
            .findOne();
    if (before.isPresent() && before.get().active()) {
      plan(handle, before.get(), News.Kind.KNOWN, now);
      return before;
    }
    if (before.isEmpty() && full(handle, bounds)) {
      return Optional.empty();
    }
    // One that failed for long starts anew, with a new confirmation.
    Subscriber kept =
        wish(
                handle.createQuery(
                    """
                    INSERT INTO subscriber
                      (id, kind, target, email, components, language, created_at)
                    VALUES (:id, :kind, :target, :email, :components, :language, :now)
                    ON CONFLICT (kind, target, email) DO UPDATE SET
                      components = excluded.components, language = excluded.language,
                      created_at = excluded.created_at, confirmed_at = NULL,
                      failing_since = NULL, disabled_at = NULL
                    RETURNING *
                    """),
                wish,
                now)
            .map((row, context) -> SubscriberQueries.subscriber(row))
            .one();
    plan(handle, kept, News.Kind.CONFIRM, now);
    return Optional.of(kept);
  }

  @Override
  public Optional<Subscriber> enrol(Subscriber wish, Bounds bounds, Instant now) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                full(handle, bounds)
                    ? Optional.empty()
                    : Optional.of(
                        wish(
                                handle.createQuery(
                                    """
                                    INSERT INTO subscriber (id, kind, target, email, components,
                                      language, created_at, confirmed_at)
                                    VALUES (:id, :kind, :target, :email, :components, :language,
                                      :now, :now)
                                    ON CONFLICT (kind, target, email) DO UPDATE SET
                                      components = excluded.components,
                                      confirmed_at = coalesce(subscriber.confirmed_at, :now),
                                      failing_since = NULL, disabled_at = NULL
                                    RETURNING *
                                    """),
                                wish,
                                now)
                            .map((row, context) -> SubscriberQueries.subscriber(row))
                            .one()));
  }

  private static Query wish(Query query, Subscriber wish, Instant now) {
    return query
        .bind("id", wish.id())
        .bind("kind", wish.kind().name())
        .bind("target", wish.target())
        .bind("email", wish.email())
        .bind("components", wish.components().toArray(String[]::new))
        .bind("language", wish.language().label())
        .bind("now", now);
  }

  private static boolean full(Handle handle, Bounds bounds) {
    return handle
        .createQuery(
            "SELECT count(confirmed_at) >= :confirmed"
                + " OR count(*) - count(confirmed_at) >= :asked FROM subscriber")
        .bind("confirmed", bounds.confirmed())
        .bind("asked", bounds.asked())
        .mapTo(Boolean.class)
        .one();
  }

  private static void plan(Handle handle, Subscriber to, News.Kind kind, Instant now) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    News news =
        new News(
            word + "-" + to.id() + "-" + now.toEpochMilli(),
            "self",
            kind,
            now,
            List.of(),
            Map.of(),
            "");
    if (NewsPlan.keep(handle, news)) {
      handle
          .createUpdate(
              """
              INSERT INTO subscriber_delivery
                (subscriber, news, lane, by_mail, planned_at, next_attempt_at)
              VALUES (:subscriber, :news, :lane, true, :now, :now)
              """)
          .bind("subscriber", to.id())
          .bind("news", news.id())
          .bind("lane", "self")
          .bind("now", now)
          .execute();
    }
  }

  @Override
  public Optional<Subscriber> find(String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM subscriber WHERE id = :id")
                    .bind("id", id)
                    .map((row, context) -> SubscriberQueries.subscriber(row))
                    .findOne());
  }

  @Override
  public boolean confirm(String id, Instant now) {
    return update(
        "UPDATE subscriber SET confirmed_at = coalesce(confirmed_at, :now) WHERE id = :id",
        Map.of("id", id, "now", now));
  }

  @Override
  public boolean choose(String id, List<String> components) {
    return update(
        "UPDATE subscriber SET components = :components WHERE id = :id",
        Map.of("id", id, "components", components.toArray(String[]::new)));
  }

  @Override
  public boolean remove(String id) {
    return update("DELETE FROM subscriber WHERE id = :id", Map.of("id", id));
  }

  private boolean update(String sql, Map<String, ?> values) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createUpdate(sql).bindMap(values).execute() > 0);
  }

  @Override
  public List<Subscriber> newest(int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM subscriber ORDER BY created_at DESC, id LIMIT :n")
                    .bind("n", limit)
                    .map((row, context) -> SubscriberQueries.subscriber(row))
                    .list());
  }

  @Override
  public List<Listed> list(Filter filter) {
    return database.jdbi().withHandle(handle -> SubscriberQueries.list(handle, filter));
  }

  @Override
  public int count(Filter filter) {
    return database.jdbi().withHandle(handle -> SubscriberQueries.count(handle, filter));
  }

  @Override
  public Map<String, Integer> counts() {
    return database.jdbi().withHandle(SubscriberQueries::counts);
  }

  @Override
  public void tell(News news, Instant now) {
    database.jdbi().useTransaction(handle -> NewsPlan.tell(handle, news, now));
  }

  @Override
  public Backlog backlog(Instant now) {
    return database.jdbi().withHandle(handle -> SubscriberQueries.backlog(handle, now));
  }

  @Override
  public List<Pending> lease(boolean byMail, Instant now, Duration leaseFor, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        WITH due AS (
                          SELECT d.id FROM subscriber_delivery d
                          WHERE d.state = 'PENDING' AND d.by_mail = :byMail
                            AND d.next_attempt_at <= :now
                            AND (d.claimed_until IS NULL OR d.claimed_until <= :now)
                            AND NOT EXISTS (SELECT 1 FROM subscriber_delivery e
                              WHERE e.subscriber = d.subscriber AND e.lane = d.lane
                                AND e.state = 'PENDING' AND e.id < d.id)
                          ORDER BY d.id LIMIT :n FOR UPDATE OF d SKIP LOCKED),
                        leased AS (
                          UPDATE subscriber_delivery d SET claimed_until = :until
                          FROM due WHERE d.id = due.id
                          RETURNING d.id, d.subscriber, d.news, d.attempts, d.planned_at)
                        SELECT l.id AS delivery, l.attempts, l.planned_at, n.document, s.*
                        FROM leased l JOIN subscriber s ON s.id = l.subscriber
                          JOIN subscriber_news n ON n.id = l.news ORDER BY l.id
                        """)
                    .bind("byMail", byMail)
                    .bind("now", now)
                    .bind("until", now.plus(leaseFor))
                    .bind("n", limit)
                    .map(
                        (row, context) ->
                            new Pending(
                                row.getLong("delivery"),
                                SubscriberQueries.subscriber(row),
                                Documents.read(row.getString("document"), News.class),
                                row.getInt("attempts"),
                                row.getTimestamp("planned_at").toInstant()))
                    .list());
  }

  @Override
  public void delivered(long id, Instant now) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(
                      "UPDATE subscriber_delivery SET state = 'DELIVERED', claimed_until = NULL,"
                          + " attempts = attempts + 1, next_attempt_at = :now, detail = ''"
                          + " WHERE id = :id")
                  .bind("id", id)
                  .bind("now", now)
                  .execute();
              handle
                  .createUpdate(
                      "UPDATE subscriber s SET failing_since = NULL FROM subscriber_delivery d"
                          + " WHERE d.id = :id AND s.id = d.subscriber AND d.lane <> 'self'"
                          + " AND s.failing_since IS NOT NULL")
                  .bind("id", id)
                  .execute();
            });
  }

  @Override
  public void failed(long id, String why, Optional<Instant> next, Instant now) {
    String detail = why.substring(0, Math.min(why.length(), LONGEST_DETAIL));
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(
                      "UPDATE subscriber_delivery SET state = :state, claimed_until = NULL,"
                          + " attempts = attempts + 1, detail = :detail, next_attempt_at = :next"
                          + " WHERE id = :id")
                  .bind("id", id)
                  .bind("state", next.isPresent() ? "PENDING" : "DEAD")
                  .bind("detail", Documents.text(detail))
                  .bind("next", next.orElse(now))
                  .execute();
              handle
                  .createUpdate(
                      "UPDATE subscriber s SET failing_since = :now FROM subscriber_delivery d"
                          + " WHERE d.id = :id AND s.id = d.subscriber AND d.lane <> 'self'"
                          + " AND s.failing_since IS NULL")
                  .bind("id", id)
                  .bind("now", now)
                  .execute();
            });
  }

  @Override
  public void disable(String id, Instant now) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              Optional<Subscriber> disabled =
                  handle
                      .createQuery(
                          "UPDATE subscriber SET disabled_at = :now WHERE id = :id"
                              + " AND disabled_at IS NULL RETURNING *")
                      .bind("id", id)
                      .bind("now", now)
                      .map((row, context) -> SubscriberQueries.subscriber(row))
                      .findOne();
              if (disabled.isPresent()) {
                handle
                    .createUpdate(
                        "UPDATE subscriber_delivery SET state = 'DEAD', claimed_until = NULL"
                            + " WHERE subscriber = :id AND state = 'PENDING'")
                    .bind("id", id)
                    .execute();
                if (disabled.get().kind() != Subscriber.Kind.EMAIL) {
                  plan(handle, disabled.get(), News.Kind.DISABLED, now);
                }
              }
            });
  }

  @Override
  public void forget(Instant askedBefore, Instant toldBefore) {
    update(
        "DELETE FROM subscriber WHERE confirmed_at IS NULL AND created_at < :before",
        Map.of("before", askedBefore));
    update("DELETE FROM subscriber_news WHERE at < :before", Map.of("before", toldBefore));
  }
}

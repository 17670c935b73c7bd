package io.tocsin.postgres;

import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/** Rows of the outbox with their attempts. */
final class Deliveries {
  private static final String COLUMNS =
      "SELECT id, message, state, next_attempt_at, delivered_at FROM delivery ";

  private static final long NOT_LEASED = -1;

  private Deliveries() {}

  private record Row(
      long id,
      Message message,
      Delivery.State state,
      Instant nextAttemptAt,
      Optional<Instant> deliveredAt) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong("id"),
          Documents.read(row.getString("message"), Message.class),
          Delivery.State.valueOf(row.getString("state")),
          row.getTimestamp("next_attempt_at").toInstant(),
          Optional.ofNullable(row.getTimestamp("delivered_at")).map(Timestamp::toInstant));
    }

    Delivery with(List<Delivery.Attempt> attempts) {
      return new Delivery(id, message, state, nextAttemptAt, deliveredAt, attempts);
    }
  }

  /** In order of planning. */
  static List<Delivery> byId(Handle handle, List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return withAttempts(
        handle,
        handle
            .createQuery(COLUMNS + "WHERE id = ANY(:ids) ORDER BY id")
            .bindArray("ids", Long.class, ids)
            .map((row, context) -> Row.of(row))
            .list());
  }

  /**
   * Plans messages; each that is new and has nothing undelivered before it in its lane is leased to
   * a node and answered.
   */
  static List<Delivery> planLeased(
      Handle handle, List<Message> messages, Node node, Instant until) {
    var leased = new ArrayList<Delivery>();
    for (Message message : messages) {
      handle
          .createQuery(
              """
              INSERT INTO delivery (destination, incident_id, dedup_key, transition, planned_at,
                next_attempt_at, message, claimed_by, claimed_until)
              SELECT :destination, :incident, :key, :transition, :at, :at, cast(:message AS jsonb),
                CASE WHEN first THEN :node END, CASE WHEN first THEN cast(:until AS timestamptz) END
              FROM (SELECT NOT EXISTS (
                SELECT FROM delivery WHERE state = 'PENDING' AND destination = :destination
                  AND incident_id = :incident) AS first) AS lane
              ON CONFLICT (destination, dedup_key, transition) DO NOTHING
              RETURNING id, claimed_by IS NOT NULL AS leased
              """)
          .bind("destination", Documents.text(message.destination().toString()))
          .bind("incident", message.incident().id().value())
          .bind("key", Documents.text(message.dedupKey()))
          .bind("transition", message.transition().toString())
          .bind("at", message.at())
          .bind("message", Documents.write(message))
          .bind("node", node.id())
          .bind("until", until)
          .map((row, context) -> row.getBoolean("leased") ? row.getLong("id") : NOT_LEASED)
          .findOne()
          .filter(id -> id != NOT_LEASED)
          .ifPresent(id -> leased.add(fresh(id, message)));
    }
    return leased;
  }

  private static Delivery fresh(long id, Message message) {
    return new Delivery(
        id, message, Delivery.State.PENDING, message.at(), Optional.empty(), List.of());
  }

  /** Newest first. */
  static List<Delivery> newest(Handle handle, Optional<IncidentId> incident, int limit) {
    String where = incident.isPresent() ? "WHERE incident_id = :incident " : "";
    var query = handle.createQuery(COLUMNS + where + "ORDER BY id DESC LIMIT :limit");
    incident.ifPresent(id -> query.bind("incident", id.value()));
    return withAttempts(
        handle, query.bind("limit", limit).map((row, context) -> Row.of(row)).list());
  }

  /** Newest first. */
  static List<Delivery> page(Handle handle, DeliveryLedger.Filter filter, int limit) {
    var where = new StringJoiner(" AND ", "WHERE ", " ").setEmptyValue("");
    if (filter.incident().isPresent()) {
      where.add("incident_id = :incident");
    }
    if (filter.receiver().isPresent()) {
      where.add("regexp_replace(destination, '/[^/]*/[^/]*$', '') = :receiver");
    }
    if (!filter.destinations().isEmpty()) {
      where.add("destination = ANY(:destinations)");
    }
    if (!filter.states().isEmpty()) {
      where.add("state = ANY(:states)");
    }
    if (filter.before().isPresent()) {
      where.add("id < :before");
    }
    var query = handle.createQuery(COLUMNS + where + "ORDER BY id DESC LIMIT :limit");
    filter.incident().ifPresent(id -> query.bind("incident", id.value()));
    filter.receiver().ifPresent(name -> query.bind("receiver", Documents.text(name)));
    if (!filter.destinations().isEmpty()) {
      query.bindArray(
          "destinations",
          String.class,
          filter.destinations().stream().map(Destination::toString).toList());
    }
    if (!filter.states().isEmpty()) {
      query.bindArray(
          "states", String.class, filter.states().stream().map(Delivery.State::name).toList());
    }
    filter.before().ifPresent(id -> query.bind("before", id));
    return withAttempts(
        handle, query.bind("limit", limit).map((row, context) -> Row.of(row)).list());
  }

  private static List<Delivery> withAttempts(Handle handle, List<Row> rows) {
    Map<Long, List<Delivery.Attempt>> attempts = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT delivery_id, at, took_ms, delivered, detail FROM delivery_attempt
            WHERE delivery_id = ANY(:ids) ORDER BY at
            """)
        .bindArray("ids", Long.class, rows.stream().map(Row::id).toList())
        .map(
            (row, context) ->
                attempts
                    .computeIfAbsent(row.getLong("delivery_id"), id -> new ArrayList<>())
                    .add(attempt(row)))
        .list();
    return rows.stream().map(row -> row.with(attempts.getOrDefault(row.id, List.of()))).toList();
  }

  private static Delivery.Attempt attempt(ResultSet row) throws SQLException {
    return new Delivery.Attempt(
        row.getTimestamp("at").toInstant(),
        Duration.ofMillis(row.getLong("took_ms")),
        row.getBoolean("delivered"),
        row.getString("detail"));
  }

  static void addAttempt(Handle handle, long delivery, Delivery.Attempt attempt) {
    handle
        .createUpdate(
            """
            INSERT INTO delivery_attempt (delivery_id, at, took_ms, delivered, detail)
            VALUES (:id, :at, :took, :delivered, :detail)
            """)
        .bind("id", delivery)
        .bind("at", attempt.at())
        .bind("took", attempt.took().toMillis())
        .bind("delivered", attempt.delivered())
        .bind("detail", Documents.text(attempt.detail()))
        .execute();
  }

  static Outbox.Backlog backlog(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            SELECT count(*) FILTER (WHERE state = 'PENDING') AS pending,
              count(*) FILTER (WHERE state = 'DEAD') AS dead,
              min(next_attempt_at) FILTER (WHERE state = 'PENDING' AND next_attempt_at <= :now) AS due
            FROM delivery WHERE state IN ('PENDING', 'DEAD')
            """)
        .bind("now", now)
        .map(
            (row, context) ->
                new Outbox.Backlog(
                    row.getInt("pending"),
                    row.getInt("dead"),
                    Optional.ofNullable(row.getTimestamp("due"))
                        .map(due -> Duration.between(due.toInstant(), now))
                        .orElse(Duration.ZERO)))
        .one();
  }
}

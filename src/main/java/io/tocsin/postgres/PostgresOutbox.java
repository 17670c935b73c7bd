package io.tocsin.postgres;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The outbox in the database. Every writing transaction first takes a share of the leadership row,
 * which a new leader must change: so it sees all that was committed before it, and nothing of the
 * old leader is committed after it. Repeating a commit whose outcome was in doubt changes nothing.
 */
public final class PostgresOutbox implements Outbox {
  private static final int LEASED_ONE_BY_ONE = 8;

  private final Database database;
  private final Node node;
  private final Leadership leadership;

  public PostgresOutbox(Database database, Node node, Leadership leadership) {
    this.database = database;
    this.node = node;
    this.leadership = leadership;
  }

  /** Also frees the leases that this node held when it was last killed. */
  @Override
  public Restored restore() {
    return leading(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE delivery SET claimed_by = NULL, claimed_until = NULL
                  WHERE claimed_by = :node AND state = 'PENDING'
                  """)
              .bind("node", node.id())
              .execute();
          return new Restored(
              documents(handle, "SELECT document FROM alert ORDER BY key", Alert.class),
              IncidentAlerts.attach(
                  handle,
                  documents(
                      handle,
                      "SELECT document FROM incident WHERE state = 'OPEN' ORDER BY opened_at DESC,"
                          + " id",
                      Incident.class)),
              handle
                  .createQuery("SELECT coalesce(max(number), 0) FROM incident")
                  .mapTo(Long.class)
                  .one());
        });
  }

  private static <T> List<T> documents(Handle handle, String sql, Class<T> type) {
    return handle
        .createQuery(sql)
        .map((row, context) -> Documents.read(row.getString(1), type))
        .list();
  }

  @Override
  public void commit(Commit commit) {
    leading(
        handle -> {
          save(handle, commit);
          plan(handle, commit.messages());
          return commit;
        });
  }

  /** Many messages are left to be leased together: one by one they would hold up their commit. */
  @Override
  public List<Delivery> commit(Commit commit, Instant now, Duration leaseFor) {
    if (commit.messages().size() > LEASED_ONE_BY_ONE) {
      commit(commit);
      return List.of();
    }
    return leading(
        handle -> {
          save(handle, commit);
          return Deliveries.planLeased(handle, commit.messages(), node, now.plus(leaseFor));
        });
  }

  private static void save(Handle handle, Commit commit) {
    var documents = new CommitDocuments();
    saveAlerts(handle, commit.alerts(), documents);
    forget(handle, commit.gone());
    saveIncidents(handle, commit.incidents());
    IncidentAlerts.save(handle, commit.incidents(), commit.events(), documents);
    append(handle, commit.events(), documents);
  }

  /**
   * One statement, whatever their number: a storm's commit must be short. Once materialized, each
   * document is parsed once.
   */
  private static void saveAlerts(Handle handle, List<Alert> alerts, CommitDocuments documents) {
    if (alerts.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            WITH row AS MATERIALIZED (
              SELECT key, severity, cast(document AS jsonb) AS document
              FROM unnest(:keys, :severities, :documents) AS given (key, severity, document))
            INSERT INTO alert (key, rule_id, alert_name, labels, phase, severity, active_since, document)
            SELECT key, document #>> '{spec,ruleId}', document #>> '{spec,alertName}',
              document -> 'labels', document ->> 'phase', severity,
              cast(document ->> 'activeSince' AS timestamptz), document
            FROM row
            ON CONFLICT (key) DO UPDATE SET phase = excluded.phase, severity = excluded.severity,
              active_since = excluded.active_since, document = excluded.document
            """)
        .bindArray("keys", String.class, each(alerts, alert -> AlertKeys.of(alert.key())))
        .bindArray("severities", String.class, each(alerts, alert -> alert.severity().name()))
        .bindArray("documents", String.class, each(alerts, documents::of))
        .execute();
  }

  private static List<String> each(List<Alert> alerts, Function<Alert, String> column) {
    return alerts.stream().map(column).toList();
  }

  private static void forget(Handle handle, List<AlertKey> gone) {
    PreparedBatch batch = handle.prepareBatch("DELETE FROM alert WHERE key = :key");
    for (AlertKey alert : gone) {
      batch.bind("key", AlertKeys.of(alert)).add();
    }
    run(batch);
  }

  private static void saveIncidents(Handle handle, List<Incident> incidents) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO incident (id, number, state, severity, title, published, opened_at,
              acknowledged_at, resolved_at, last_seq, document)
            VALUES (:id, :number, :state, :severity, :title, :published, :opened,
              :acknowledged, :resolved, :seq, cast(:document AS jsonb))
            ON CONFLICT (id) DO UPDATE SET number = excluded.number, state = excluded.state,
              severity = excluded.severity, title = excluded.title, published = excluded.published,
              opened_at = excluded.opened_at, acknowledged_at = excluded.acknowledged_at,
              resolved_at = excluded.resolved_at, last_seq = excluded.last_seq,
              document = excluded.document
            WHERE incident.last_seq <= excluded.last_seq
            """);
    for (Incident incident : incidents) {
      batch
          .bind("id", incident.id().value())
          .bind("number", incident.number())
          .bind("state", incident.state())
          .bind("severity", incident.severity())
          .bind("title", Documents.text(incident.title()))
          .bind("published", incident.published())
          .bind("opened", incident.openedAt())
          .bind("acknowledged", incident.acknowledgedAt())
          .bind("resolved", incident.resolvedAt())
          .bind("seq", incident.lastSeq())
          .bind("document", Documents.write(IncidentAlerts.document(incident)))
          .add();
    }
    run(batch);
  }

  private static void append(Handle handle, List<IncidentEvent> events, CommitDocuments documents) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO incident_event (incident_id, seq, at, kind, actor, document)
            VALUES (:incident, :seq, :at, :kind, :actor, cast(:document AS jsonb))
            ON CONFLICT (incident_id, seq) DO NOTHING
            """);
    for (IncidentEvent event : events) {
      batch
          .bind("incident", event.incident().value())
          .bind("seq", event.seq())
          .bind("at", event.at())
          .bind("kind", event.change().getClass().getSimpleName())
          .bind("actor", Documents.text(event.actor().name()))
          .bind("document", documents.write(event))
          .add();
    }
    run(batch);
  }

  private static void plan(Handle handle, List<Message> messages) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO delivery (destination, incident_id, dedup_key, transition, planned_at,
              next_attempt_at, message)
            VALUES (:destination, :incident, :key, :transition, :at, :at, cast(:message AS jsonb))
            ON CONFLICT (destination, dedup_key, transition) DO NOTHING
            """);
    for (Message message : messages) {
      batch
          .bind("destination", Documents.text(message.destination().toString()))
          .bind("incident", message.incident().id().value())
          .bind("key", Documents.text(message.dedupKey()))
          .bind("transition", message.transition().toString())
          .bind("at", message.at())
          .bind("message", Documents.write(message))
          .add();
    }
    run(batch);
  }

  private static void run(PreparedBatch batch) {
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  @Override
  public List<Delivery> lease(Instant now, Duration leaseFor, int limit) {
    return leading(
        handle -> {
          List<Long> ids =
              handle
                  .createQuery(
                      """
                      UPDATE delivery SET claimed_by = :node, claimed_until = :until
                      WHERE id IN (
                        SELECT id FROM delivery due
                        WHERE state = 'PENDING' AND next_attempt_at <= :now
                          AND (claimed_until IS NULL OR claimed_until <= :now)
                          AND NOT EXISTS (
                            SELECT FROM delivery older
                            WHERE older.state = 'PENDING' AND older.destination = due.destination
                              AND older.incident_id = due.incident_id AND older.id < due.id)
                        ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
                      RETURNING id
                      """)
                  .bind("node", node.id())
                  .bind("until", now.plus(leaseFor))
                  .bind("now", now)
                  .bind("limit", limit)
                  .mapTo(Long.class)
                  .list();
          return Deliveries.byId(handle, ids);
        });
  }

  @Override
  public void record(
      long deliveryId, Delivery.Attempt attempt, SendResult result, Optional<Instant> next) {
    leading(
        handle -> {
          Deliveries.addAttempt(handle, deliveryId, attempt);
          boolean delivered = result instanceof SendResult.Delivered;
          return handle
              .createUpdate(
                  """
                  UPDATE delivery SET claimed_by = NULL, claimed_until = NULL, state = :state,
                    next_attempt_at = coalesce(:next, next_attempt_at), delivered_at = :delivered
                  WHERE id = :id AND state <> 'DELIVERED'
                  """)
              .bind("id", deliveryId)
              .bind("state", state(delivered, next))
              .bind("next", delivered ? Optional.<Instant>empty() : next)
              .bind("delivered", delivered ? Optional.of(attempt.at()) : Optional.<Instant>empty())
              .execute();
        });
  }

  private static Delivery.State state(boolean delivered, Optional<Instant> next) {
    if (delivered) {
      return Delivery.State.DELIVERED;
    }
    return next.isPresent() ? Delivery.State.PENDING : Delivery.State.DEAD;
  }

  @Override
  public void hasten(Destination destination, Instant now) {
    leading(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE delivery SET next_attempt_at = :now
                    WHERE state = 'PENDING' AND destination = :destination
                      AND next_attempt_at > :now
                    """)
                .bind("destination", Documents.text(destination.toString()))
                .bind("now", now)
                .execute());
  }

  @Override
  public boolean replay(long deliveryId, Instant now) {
    return leading(
        handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE delivery SET state = 'PENDING', next_attempt_at = :now
                        WHERE id = :id AND state = 'DEAD'
                        """)
                    .bind("id", deliveryId)
                    .bind("now", now)
                    .execute()
                == 1);
  }

  @Override
  public List<Delivery> deliveries(Optional<IncidentId> incident, int limit) {
    return reading(handle -> Deliveries.newest(handle, incident, limit));
  }

  @Override
  public Backlog backlog(Instant now) {
    return reading(handle -> Deliveries.backlog(handle, now));
  }

  private <T> T leading(HandleCallback<T, RuntimeException> work) {
    try {
      return database
          .jdbi()
          .inTransaction(
              handle -> {
                checkEpoch(handle);
                return work.withHandle(handle);
              });
    } catch (JdbiException failed) {
      throw unavailable(failed);
    }
  }

  private void checkEpoch(Handle handle) {
    OptionalLong ours = leadership.epoch();
    long current =
        handle.createQuery("SELECT epoch FROM leadership FOR SHARE").mapTo(Long.class).one();
    if (ours.isEmpty() || ours.getAsLong() != current) {
      throw new Deposed(
          "node "
              + node.name()
              + " does not lead: epoch is "
              + current
              + ", ours "
              + (ours.isEmpty() ? "none" : ours.getAsLong()));
    }
  }

  private <T> T reading(HandleCallback<T, RuntimeException> work) {
    try {
      return database.jdbi().withHandle(work);
    } catch (JdbiException failed) {
      throw unavailable(failed);
    }
  }

  private static Unavailable unavailable(JdbiException failed) {
    String what = failed instanceof ConnectionException ? "no connection" : "statement failed";
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return new Unavailable(what + ": " + cause.getMessage(), failed);
  }
}

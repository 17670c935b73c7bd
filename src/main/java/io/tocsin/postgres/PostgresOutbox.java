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
  private static final String EPOCH = "SELECT epoch FROM leadership FOR SHARE";

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
    committing(
        commit,
        handle -> {
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
    return committing(
        commit,
        handle -> Deliveries.planLeased(handle, commit.messages(), node, now.plus(leaseFor)));
  }

  /**
   * Everything but the messages in one round trip, with the epoch: where another node leads, none
   * of it is kept.
   */
  private <T> T committing(Commit commit, HandleCallback<T, RuntimeException> messages) {
    return transaction(
        handle -> {
          checkEpoch(save(handle, commit));
          return messages.withHandle(handle);
        });
  }

  private static long save(Handle handle, Commit commit) {
    commit.incidents().forEach(it -> IncidentAlerts.forgetLeft(handle, it, commit.events()));
    var documents = new CommitDocuments();
    var trip = new RoundTrip().add(EPOCH);
    saveAlerts(trip, commit.alerts(), documents);
    forget(trip, commit.gone());
    saveIncidents(trip, commit.incidents());
    IncidentAlerts.save(trip, commit.incidents(), commit.events(), documents);
    append(trip, commit.events(), documents);
    return trip.run(handle);
  }

  private static void saveAlerts(RoundTrip trip, List<Alert> alerts, CommitDocuments documents) {
    if (alerts.isEmpty()) {
      return;
    }
    trip.add(
            """
            INSERT INTO alert (key, rule_id, alert_name, labels, phase, severity, active_since, document)
            SELECT key, rule, name, cast(labels AS jsonb), phase, severity,
              cast(since AS timestamptz), cast(document AS json)
            FROM unnest(:alert_keys, :alert_rules, :alert_names, :alert_labels, :alert_phases,
                :alert_severities, :alert_since, :alerts)
              AS row (key, rule, name, labels, phase, severity, since, document)
            ON CONFLICT (key) DO UPDATE SET phase = excluded.phase, severity = excluded.severity,
              active_since = excluded.active_since, document = excluded.document
            """)
        .column("alert_keys", alerts, alert -> AlertKeys.of(alert.key()))
        .column("alert_rules", alerts, alert -> Documents.text(alert.spec().ruleId()))
        .column("alert_names", alerts, alert -> Documents.text(alert.spec().alertName()))
        .column("alert_labels", alerts, alert -> Documents.write(alert.labels()))
        .column("alert_phases", alerts, alert -> alert.phase().name())
        .column("alert_severities", alerts, alert -> alert.severity().name())
        .column("alert_since", alerts, alert -> alert.activeSince().toString())
        .column("alerts", alerts, documents::of);
  }

  private static void forget(RoundTrip trip, List<AlertKey> gone) {
    if (!gone.isEmpty()) {
      trip.add("DELETE FROM alert WHERE key = ANY(:gone)").column("gone", gone, AlertKeys::of);
    }
  }

  private static void saveIncidents(RoundTrip trip, List<Incident> incidents) {
    if (incidents.isEmpty()) {
      return;
    }
    trip.add(
            """
            INSERT INTO incident (id, number, state, severity, title, published, opened_at,
              acknowledged_at, resolved_at, last_seq, document)
            SELECT id, cast(number AS bigint), state, severity, title, cast(published AS boolean),
              cast(opened AS timestamptz), cast(nullif(acknowledged, '') AS timestamptz),
              cast(nullif(resolved, '') AS timestamptz), cast(seq AS bigint),
              cast(document AS jsonb)
            FROM unnest(:ids, :numbers, :states, :severities, :titles, :published, :opened,
                :acknowledged, :resolved, :seqs, :incidents)
              AS row (id, number, state, severity, title, published, opened, acknowledged, resolved,
                seq, document)
            ON CONFLICT (id) DO UPDATE SET number = excluded.number, state = excluded.state,
              severity = excluded.severity, title = excluded.title, published = excluded.published,
              opened_at = excluded.opened_at, acknowledged_at = excluded.acknowledged_at,
              resolved_at = excluded.resolved_at, last_seq = excluded.last_seq,
              document = excluded.document
            WHERE incident.last_seq <= excluded.last_seq
            """)
        .column("ids", incidents, it -> it.id().value())
        .column("numbers", incidents, it -> Long.toString(it.number()))
        .column("states", incidents, it -> it.state().name())
        .column("severities", incidents, it -> it.severity().name())
        .column("titles", incidents, it -> Documents.text(it.title()))
        .column("published", incidents, it -> Boolean.toString(it.published()))
        .column("opened", incidents, it -> it.openedAt().toString())
        .column("acknowledged", incidents, it -> orEmpty(it.acknowledgedAt()))
        .column("resolved", incidents, it -> orEmpty(it.resolvedAt()))
        .column("seqs", incidents, it -> Long.toString(it.lastSeq()))
        .column("incidents", incidents, it -> Documents.write(IncidentAlerts.document(it)));
  }

  private static String orEmpty(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }

  private static void append(
      RoundTrip trip, List<IncidentEvent> events, CommitDocuments documents) {
    if (events.isEmpty()) {
      return;
    }
    trip.add(
            """
            INSERT INTO incident_event (incident_id, seq, at, kind, actor, document)
            SELECT incident, cast(seq AS bigint), cast(at AS timestamptz), kind, actor,
              cast(document AS json)
            FROM unnest(:event_incidents, :event_seqs, :event_times, :kinds, :actors, :events)
              AS row (incident, seq, at, kind, actor, document)
            ON CONFLICT (incident_id, seq) DO NOTHING
            """)
        .column("event_incidents", events, event -> event.incident().value())
        .column("event_seqs", events, event -> Long.toString(event.seq()))
        .column("event_times", events, event -> event.at().toString())
        .column("kinds", events, event -> event.change().getClass().getSimpleName())
        .column("actors", events, event -> Documents.text(event.actor().name()))
        .column("events", events, documents::write);
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
    return transaction(
        handle -> {
          checkEpoch(handle.createQuery(EPOCH).mapTo(Long.class).one());
          return work.withHandle(handle);
        });
  }

  private <T> T transaction(HandleCallback<T, RuntimeException> work) {
    try {
      return database.jdbi().inTransaction(work);
    } catch (JdbiException failed) {
      throw unavailable(failed);
    }
  }

  private void checkEpoch(long current) {
    OptionalLong ours = leadership.epoch();
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

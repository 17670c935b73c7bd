package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable desk: what the engine decided, and the messages still to send. Calls block: virtual
 * threads only. Every call fails with {@link Unavailable} while the database is away, and with
 * {@link Deposed} when this node no longer leads.
 */
public interface Outbox {

  /** The engine's state as last committed, to start from. */
  Restored restore();

  /**
   * Writes it all in one transaction. A message already there (same destination, dedup key and
   * transition) is left as it is: the first content wins.
   */
  void commit(Commit commit);

  /**
   * As {@link #commit(Commit)}, and leases in the same transaction what may be sent at once, so
   * that it need not be looked for: of the planned messages those that are the oldest undelivered
   * of their lanes, perhaps not all of them.
   *
   * @return what is leased now
   */
  default List<Delivery> commit(Commit commit, Instant now, Duration leaseFor) {
    commit(commit);
    return commit.messages().isEmpty() ? List.of() : lease(now, leaseFor, commit.messages().size());
  }

  /**
   * Leases up to {@code limit} due deliveries for sending: only the oldest undelivered one of each
   * (destination, incident) lane. A lease that runs out is free again.
   */
  List<Delivery> lease(Instant now, Duration leaseFor, int limit);

  /** Records a try: delivered, to be tried again at {@code next}, or dead when neither. */
  void record(long deliveryId, Delivery.Attempt attempt, SendResult result, Optional<Instant> next);

  /** What waits for a destination need wait no longer: it answers again. */
  void hasten(Destination destination, Instant now);

  /** Puts a dead letter back in its lane; false when there is no such dead letter. */
  boolean replay(long deliveryId, Instant now);

  /** The ledger: deliveries of one incident, or of all, newest first. */
  List<Delivery> deliveries(Optional<IncidentId> incident, int limit);

  /** How many wait, and since when the oldest is due. */
  Backlog backlog(Instant now);

  /** What a start begins with. */
  record Restored(List<Alert> alerts, List<Incident> open, long lastNumber) {
    public Restored {
      alerts = List.copyOf(alerts);
      open = List.copyOf(open);
    }
  }

  /** How many deliveries wait or are dead, and how long the oldest due one has waited. */
  record Backlog(int pending, int dead, Duration oldest) {}

  /** The database is away. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Another node leads now. */
  final class Deposed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Deposed(String message) {
      super(message);
    }
  }
}

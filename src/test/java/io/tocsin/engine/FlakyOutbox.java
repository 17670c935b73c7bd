package io.tocsin.engine;

import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** An outbox whose database can be taken away, and whose node can be deposed. */
final class FlakyOutbox implements Outbox {
  private final Outbox inner;
  private volatile boolean away;
  private volatile boolean deposed;
  private final List<Commit> commits = new CopyOnWriteArrayList<>();
  private final Semaphore writing = new Semaphore(1);

  FlakyOutbox(Outbox inner) {
    this.inner = inner;
  }

  void away(boolean now) {
    away = now;
  }

  /** Commits take until {@link #release}. */
  void hold() {
    writing.acquireUninterruptibly();
  }

  void release() {
    writing.release();
  }

  /** Whether a commit is held. */
  boolean holdsSome() {
    return writing.hasQueuedThreads();
  }

  void depose() {
    deposed = true;
  }

  List<Commit> commits() {
    return commits;
  }

  private Outbox there() {
    if (deposed) {
      throw new Deposed("another node leads");
    }
    if (away) {
      throw new Unavailable("no connection", new IllegalStateException("away"));
    }
    return inner;
  }

  @Override
  public Restored restore() {
    return there().restore();
  }

  @Override
  public void commit(Commit commit) {
    writing.acquireUninterruptibly();
    writing.release();
    there().commit(commit);
    commits.add(commit);
  }

  @Override
  public List<Delivery> lease(Instant now, Duration leaseFor, int limit) {
    return there().lease(now, leaseFor, limit);
  }

  @Override
  public void record(
      long deliveryId, Delivery.Attempt attempt, SendResult result, Optional<Instant> next) {
    there().record(deliveryId, attempt, result, next);
  }

  @Override
  public void hasten(Destination destination, Instant now) {
    there().hasten(destination, now);
  }

  @Override
  public boolean replay(long deliveryId, Instant now) {
    return there().replay(deliveryId, now);
  }

  @Override
  public List<Delivery> deliveries(Optional<IncidentId> incident, int limit) {
    return there().deliveries(incident, limit);
  }

  @Override
  public Backlog backlog(Instant now) {
    return there().backlog(now);
  }
}

package io.tocsin.http;

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

/** An outbox with one dead letter, number 7; away when told so. */
final class FakeOutbox implements Outbox {

  boolean away;

  @Override
  public List<Delivery> deliveries(Optional<IncidentId> incident, int limit) {
    if (away) {
      throw new Unavailable("the database is away", new IllegalStateException());
    }
    boolean asked = incident.isEmpty() || incident.get().equals(Samples.ID);
    return asked ? List.of(Samples.delivery()) : List.of();
  }

  @Override
  public void hasten(Destination destination, Instant at) {}

  @Override
  public boolean replay(long deliveryId, Instant now) {
    return deliveryId == 7;
  }

  @Override
  public Restored restore() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void commit(Commit commit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Delivery> lease(Instant now, Duration leaseFor, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void record(
      long deliveryId, Delivery.Attempt attempt, SendResult result, Optional<Instant> next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Backlog backlog(Instant now) {
    throw new UnsupportedOperationException();
  }
}

package io.tocsin.notify;

import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.IncidentStore;
import java.util.Optional;

class InMemoryOutboxTest extends OutboxContract {
  private final InMemoryIncidentStore incidents = new InMemoryIncidentStore();
  private final InMemoryOutbox outbox = new InMemoryOutbox(incidents);

  @Override
  protected Outbox outbox() {
    return outbox;
  }

  @Override
  protected IncidentStore incidents() {
    return incidents;
  }

  @Override
  protected DeliveryLedger ledger() {
    return new InMemoryLedger(() -> outbox.deliveries(Optional.empty(), 1000));
  }
}

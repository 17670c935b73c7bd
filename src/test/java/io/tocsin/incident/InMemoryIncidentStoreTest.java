package io.tocsin.incident;

import java.util.List;

class InMemoryIncidentStoreTest extends IncidentStoreContract {
  private final InMemoryIncidentStore store = new InMemoryIncidentStore();

  @Override
  protected IncidentStore store() {
    return store;
  }

  @Override
  protected void save(List<Incident> incidents, List<IncidentEvent> events) {
    store.save(incidents, events);
  }
}

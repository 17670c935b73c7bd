package io.tocsin.slo;

class InMemoryUptimeStoreTest extends UptimeStoreContract {

  @Override
  protected UptimeStore store() {
    return new InMemoryUptimeStore();
  }
}

package io.tocsin.alert;

class InMemoryHeldAlertStoreTest extends HeldAlertStoreContract {
  @Override
  protected HeldAlertStore store() {
    return new InMemoryHeldAlertStore();
  }
}

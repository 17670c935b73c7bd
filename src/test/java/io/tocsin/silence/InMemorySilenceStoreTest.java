package io.tocsin.silence;

class InMemorySilenceStoreTest extends SilenceStoreContract {
  private final InMemorySilenceStore store = new InMemorySilenceStore();

  @Override
  protected SilenceStore store() {
    return store;
  }
}

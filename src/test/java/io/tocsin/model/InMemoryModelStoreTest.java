package io.tocsin.model;

class InMemoryModelStoreTest extends ModelStoreContract {

  @Override
  protected ModelStore store() {
    return ModelStore.inMemory();
  }
}

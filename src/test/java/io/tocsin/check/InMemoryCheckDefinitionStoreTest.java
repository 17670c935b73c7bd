package io.tocsin.check;

class InMemoryCheckDefinitionStoreTest extends CheckDefinitionStoreContract {
  @Override
  protected CheckDefinitionStore store() {
    return new InMemoryCheckDefinitionStore();
  }
}

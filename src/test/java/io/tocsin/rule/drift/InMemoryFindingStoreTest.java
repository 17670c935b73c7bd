package io.tocsin.rule.drift;

class InMemoryFindingStoreTest extends FindingStoreContract {
  @Override
  protected FindingStore store() {
    return FindingStore.inMemory();
  }
}

package io.tocsin.experiment;

class InMemoryExperimentStoreTest extends ExperimentStoreContract {
  @Override
  protected ExperimentStore store() {
    return ExperimentStore.inMemory();
  }
}

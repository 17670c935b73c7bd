package io.tocsin.postmortem;

class InMemoryFollowUpStoreTest extends FollowUpStoreContract {
  @Override
  protected FollowUpStore store() {
    return FollowUpStore.inMemory();
  }
}

package io.tocsin.oncall;

class InMemoryShiftOverrideStoreTest extends ShiftOverrideStoreContract {
  @Override
  protected ShiftOverrideStore store() {
    return ShiftOverrideStore.inMemory();
  }
}

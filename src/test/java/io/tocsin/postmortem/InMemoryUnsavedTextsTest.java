package io.tocsin.postmortem;

class InMemoryUnsavedTextsTest extends UnsavedTextsContract {
  @Override
  protected UnsavedTexts store() {
    return UnsavedTexts.inMemory();
  }
}

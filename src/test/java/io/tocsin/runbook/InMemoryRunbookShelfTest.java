package io.tocsin.runbook;

class InMemoryRunbookShelfTest extends RunbookShelfContract {
  @Override
  protected RunbookShelf shelf() {
    return new InMemoryRunbookShelf();
  }
}

package io.tocsin.access;

class MemoryTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore store() {
    return new MemoryTokenStore();
  }
}

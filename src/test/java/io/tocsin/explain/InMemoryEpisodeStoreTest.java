package io.tocsin.explain;

class InMemoryEpisodeStoreTest extends EpisodeStoreContract {
  @Override
  protected EpisodeStore store() {
    return new InMemoryEpisodeStore();
  }
}

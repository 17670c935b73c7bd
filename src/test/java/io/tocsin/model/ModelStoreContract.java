package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every {@link ModelStore} does. */
public abstract class ModelStoreContract {

  /** An empty store. */
  protected abstract ModelStore store();

  @Test
  void loadsTheLatestSnapshotOfEachModel() {
    ModelStore store = store();
    store.save("a", new byte[] {1});
    store.save("b", new byte[] {2});
    store.save("a", new byte[] {3, 0, -1});

    assertThat(store.load("a")).contains(new byte[] {3, 0, -1});
    assertThat(store.load("b")).contains(new byte[] {2});
    assertThat(store.load("c")).isEmpty();
    assertThat(store.names()).containsExactlyInAnyOrder("a", "b");
  }
}

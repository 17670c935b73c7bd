package io.tocsin.series;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A journal that keeps nothing: what it accepts is appended at once and lasts as long as memory.
 */
public final class MemoryJournal implements Journal {
  private final SeriesStore store;

  public MemoryJournal(SeriesStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<SeriesStore.AppendResult> accept(SampleBatch batch) {
    return CompletableFuture.completedStage(store.append(batch));
  }

  @Override
  public void observe(SampleBatch batch) {
    store.append(batch);
  }
}

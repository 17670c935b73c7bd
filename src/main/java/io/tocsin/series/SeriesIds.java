package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers under which the durable side knows the series of a store. A number is never given
 * twice; should two nodes number the same labels differently, both numbers mean that one series.
 */
public final class SeriesIds {
  private final MemoryStore store;
  private final LongSupplier fresh;
  private final ReentrantLock numbering = new ReentrantLock();

  /**
   * @param fresh hands out ids never used before, as from blocks of a database sequence, none of
   *     them 0; called by one thread at a time, may block
   */
  public SeriesIds(MemoryStore store, LongSupplier fresh) {
    this.store = store;
    this.fresh = fresh;
  }

  /** The id of a series, a new one if it has none yet. */
  public long idOf(MemorySeries series) {
    long known = series.id();
    return known != MemorySeries.NO_ID ? known : numbered(series);
  }

  private long numbered(MemorySeries series) {
    numbering.lock();
    try {
      if (series.id() == MemorySeries.NO_ID) {
        series.id(fresh.getAsLong());
      }
      return series.id();
    } finally {
      numbering.unlock();
    }
  }

  /** The id of the series of these labels, a new one if it has none yet. */
  public long idOf(Labels labels) {
    return idOf(store.directory().remember(labels));
  }

  /** The id of a series that has one. */
  public OptionalLong known(Labels labels) {
    @Nullable MemorySeries series = store.directory().find(labels);
    return series == null || series.id() == MemorySeries.NO_ID
        ? OptionalLong.empty()
        : OptionalLong.of(series.id());
  }

  /** Takes over an id found in the journal or the database; the first one learnt stays. */
  public void learn(long id, Labels labels) {
    MemorySeries series = store.directory().remember(labels);
    numbering.lock();
    try {
      series.id(id);
    } finally {
      numbering.unlock();
    }
  }
}

package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The numbers under which the durable side knows series. A number is never given twice; should two
 * nodes number the same labels differently, both numbers mean that one series.
 */
public final class SeriesIds {
  private final LongSupplier fresh;
  private final Map<Labels, Long> ids = new ConcurrentHashMap<>();
  private final ReentrantLock numbering = new ReentrantLock();

  /**
   * @param fresh hands out ids never used before, as from blocks of a database sequence; called by
   *     one thread at a time, may block
   */
  public SeriesIds(LongSupplier fresh) {
    this.fresh = fresh;
  }

  /** The id of a series, a new one if it has none yet. */
  public long idOf(Labels labels) {
    Long known = ids.get(labels);
    if (known != null) {
      return known;
    }
    numbering.lock();
    try {
      known = ids.get(labels);
      if (known == null) {
        known = fresh.getAsLong();
        ids.put(labels, known);
      }
      return known;
    } finally {
      numbering.unlock();
    }
  }

  /** The id of a series that has one. */
  public OptionalLong known(Labels labels) {
    Long id = ids.get(labels);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /** Takes over an id found in the journal or the database; the first one learnt stays. */
  public void learn(long id, Labels labels) {
    ids.putIfAbsent(labels, id);
  }

  /** Drops the ids of series nobody needs any more; should one return it gets a new id. */
  public void retain(Predicate<Labels> needed) {
    ids.keySet().removeIf(needed.negate());
  }
}

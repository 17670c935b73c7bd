package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.series.Unadmitted.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Every series this process knows, one object each. Those with samples are in the label index and
 * awake. One that was let in and waits for its first sample counts already. The resting ones only
 * keep their ids, for a day. Anybody may look series up and let them in; only the writer wakes them
 * and lets them rest.
 */
final class SeriesDirectory {
  /** How long a resting series keeps its id, in milliseconds. */
  private static final long REMEMBERED = 86_400_000;

  private static final int FEWEST_HOLES = 1024;

  private final Map<Labels, MemorySeries> byLabels = new ConcurrentHashMap<>();
  private final ReentrantLock entering = new ReentrantLock();
  private volatile LabelIndex index = new LabelIndex();
  private final SeriesGate gate;
  private int awake;

  SeriesDirectory(SeriesGate gate) {
    this.gate = gate;
  }

  /** Who is let in, and the count of them. */
  SeriesGate gate() {
    return gate;
  }

  /** The series with samples, by label. */
  LabelIndex index() {
    return index;
  }

  /** For the writer alone: how many series have samples. */
  int awake() {
    return awake;
  }

  /**
   * The series of these labels, if it is known. Labels that are asked about again and again
   * remember the answer, and it is right as long as the index has the series.
   */
  @SuppressWarnings("ReferenceEquality") // the very series
  @Nullable MemorySeries find(Labels labels) {
    if (labels.note() instanceof MemorySeries noted) {
      int number = noted.number();
      if (number >= 0 && index.get(number) == noted) {
        return noted;
      }
    }
    MemorySeries found = byLabels.get(labels);
    if (found != null) {
      labels.note(found);
    }
    return found;
  }

  /** The series of these labels when it needs not be let in any more. */
  @Nullable MemorySeries admitted(Labels labels) {
    MemorySeries found = find(labels);
    return found != null && !found.resting() ? found : null;
  }

  /**
   * Lets the series of these labels in, or says why not.
   *
   * @param surely whatever the limits say
   */
  @Nullable Reason enter(Labels labels, boolean surely) {
    entering.lock();
    try {
      MemorySeries known = byLabels.get(labels);
      if (known != null && !known.resting()) {
        return null;
      }
      if (surely) {
        gate.enter(labels);
      } else {
        Reason refused = gate.refuse(labels);
        if (refused != null) {
          return refused;
        }
      }
      if (known == null) {
        known = add(labels);
      }
      known.stir();
      return null;
    } finally {
      entering.unlock();
    }
  }

  private MemorySeries add(Labels labels) {
    Labels own = index.intern(labels);
    var fresh = new MemorySeries(own);
    byLabels.put(own, fresh);
    labels.note(fresh);
    return fresh;
  }

  /** The series of these labels, a new resting one if there was none. */
  MemorySeries remember(Labels labels) {
    MemorySeries found = find(labels);
    if (found != null) {
      return found;
    }
    entering.lock();
    try {
      MemorySeries known = byLabels.get(labels);
      return known != null ? known : add(labels);
    } finally {
      entering.unlock();
    }
  }

  /**
   * For the writer alone: gives a series its place in the index, and answers it; another one of the
   * same labels if that was here first.
   */
  MemorySeries wake(MemorySeries series) {
    entering.lock();
    try {
      MemorySeries other = byLabels.putIfAbsent(series.labels(), series);
      MemorySeries known = other == null ? series : other;
      if (known.resting()) {
        known.stir();
        gate.enter(known.labels());
      }
      if (known.asleep()) {
        known.renumber(index.size());
        index.add(known);
        awake++;
      }
      return known;
    } finally {
      entering.unlock();
    }
  }

  /** For the writer alone: takes a series out of the index; its id is remembered for a day. */
  void rest(MemorySeries series, long nowMillis) {
    entering.lock();
    try {
      index.remove(series.number());
      series.rest(nowMillis);
      awake--;
      gate.leave(series.labels());
    } finally {
      entering.unlock();
    }
  }

  /**
   * For the writer alone: forgets resting series whose day is over; those that were let in but got
   * no sample rest from now on.
   */
  void dropOld(long nowMillis) {
    entering.lock();
    try {
      byLabels.values().removeIf(series -> series.asleep() && isOver(series, nowMillis));
    } finally {
      entering.unlock();
    }
  }

  private boolean isOver(MemorySeries series, long nowMillis) {
    if (!series.resting()) {
      gate.leave(series.labels());
      series.rest(nowMillis);
    }
    return nowMillis - series.restsSince(nowMillis) > REMEMBERED;
  }

  /** For the writer alone, after series went to rest: an index with many holes is built anew. */
  void renew() {
    index.dropSelections();
    int holes = index.size() - awake;
    if (holes < Math.max(FEWEST_HOLES, awake / 4)) {
      return;
    }
    var fresh = new LabelIndex();
    index.forEach(
        series -> {
          series.renumber(fresh.size());
          fresh.add(series);
        });
    index = fresh;
  }
}

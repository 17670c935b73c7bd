package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The recent past in memory, in compressed chunks behind a label index. One writer appends, forgets
 * and takes checkpoints (a lock holds those three apart); readers take no lock and see of each
 * series a prefix of what was appended.
 */
public final class MemoryStore implements SeriesStore {
  private static final int FEWEST_HOLES = 1024;

  /**
   * What the store holds at most.
   *
   * @param maxSeries series beyond this number are refused
   * @param retention how long samples stay at least
   * @param outOfOrderWindow how far behind a series' newest sample a late one may lie
   */
  public record Limits(int maxSeries, Duration retention, Duration outOfOrderWindow) {
    /** Two million series, three hours, ten minutes. */
    public static final Limits DEFAULT =
        new Limits(2_000_000, Duration.ofHours(3), Duration.ofMinutes(10));
  }

  /**
   * What the store holds.
   *
   * @param bytes of chunks and their bookkeeping on the heap, labels and index not counted
   * @param tooOld samples refused since the start because they lay before the out-of-order window
   * @param tooMany samples refused since the start because of the series limit
   */
  public record Stats(
      long series, long chunks, long samples, long bytes, long tooOld, long tooMany) {}

  private static final List<List<Matcher>> ALL = List.of(List.of());

  private record Keep(List<Matcher> matchers, long millis) {}

  private final Limits limits;
  private final long windowMillis;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<Labels, MemorySeries> byLabels = new ConcurrentHashMap<>();
  private final AtomicLong tooOld = new AtomicLong();
  private final AtomicLong tooMany = new AtomicLong();
  private volatile LabelIndex index = new LabelIndex();
  private List<Keep> keeps = List.of();

  public MemoryStore(Limits limits) {
    this.limits = limits;
    this.windowMillis = limits.outOfOrderWindow.toMillis();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // runs of one series share their labels
  public AppendResult append(SampleBatch batch) {
    writing.lock();
    try {
      int old = 0;
      int many = 0;
      Labels labels = Labels.EMPTY;
      @Nullable MemorySeries series = null;
      for (int i = 0; i < batch.size(); i++) {
        if (series == null || batch.labels(i) != labels) {
          labels = batch.labels(i);
          series = byLabels.get(labels);
        }
        if (series != null) {
          old += series.append(batch.timestamp(i), batch.value(i), windowMillis) ? 0 : 1;
        } else if (byLabels.size() < limits.maxSeries) {
          series = open(labels, batch.timestamp(i), batch.value(i));
        } else {
          many++;
        }
      }
      tooOld.addAndGet(old);
      tooMany.addAndGet(many);
      return new AppendResult(batch.size() - old - many, old, many);
    } finally {
      writing.unlock();
    }
  }

  private MemorySeries open(Labels labels, long timestamp, double value) {
    Labels own = index.intern(labels);
    var series = new MemorySeries(own, index.size(), timestamp, value);
    index.add(series);
    byLabels.put(own, series);
    return series;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    var found = new ArrayList<SeriesPoints>();
    for (MemorySeries series : index.select(matchers)) {
      Points points = series.read(fromMillis, toMillis);
      if (points.size() > 0) {
        found.add(points.of(series.labels()));
      }
    }
    return found;
  }

  @Override
  public Optional<SeriesPoints> points(Labels labels, long fromMillis, long toMillis) {
    MemorySeries series = byLabels.get(labels);
    if (series == null) {
      return Optional.empty();
    }
    Points points = series.read(fromMillis, toMillis);
    return points.size() == 0 ? Optional.empty() : Optional.of(points.of(series.labels()));
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    long after = fromMillis == Long.MIN_VALUE ? fromMillis : fromMillis - 1;
    LabelIndex current = index;
    var found = new TreeSet<Labels>();
    for (List<Matcher> matchers : matcherSets.isEmpty() ? ALL : matcherSets) {
      for (MemorySeries series : current.select(matchers)) {
        if (series.read(after, toMillis).size() > 0) {
          found.add(series.labels());
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * Keeps the samples of matching series for at least this long, also beyond the store's retention:
   * the longest range that some rule asks of them.
   */
  public void keepAtLeast(List<Matcher> matchers, Duration range) {
    writing.lock();
    try {
      var longer = new ArrayList<>(keeps);
      longer.add(new Keep(List.copyOf(matchers), range.toMillis()));
      keeps = List.copyOf(longer);
    } finally {
      writing.unlock();
    }
  }

  /**
   * As {@link #keepAtLeast}, for all ranges that count from now on: earlier ones are taken back.
   */
  public void keepOnly(Map<List<Matcher>, Duration> ranges) {
    var all = new ArrayList<Keep>();
    ranges.forEach((matchers, range) -> all.add(new Keep(List.copyOf(matchers), range.toMillis())));
    writing.lock();
    try {
      keeps = List.copyOf(all);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Drops chunks that lie wholly before the retention of their series, and series of which nothing
   * is left. Samples no checkpoint has seen go too, so take one first.
   */
  public void forget(long nowMillis) {
    writing.lock();
    try {
      long[] kept = retentions();
      int before = byLabels.size();
      byLabels.values().removeIf(series -> forget(series, nowMillis - kept[series.number()]));
      if (byLabels.size() < before) {
        renew();
      }
    } finally {
      writing.unlock();
    }
  }

  /** How long each series is kept, by number, in milliseconds. */
  private long[] retentions() {
    long[] kept = new long[index.size()];
    Arrays.fill(kept, limits.retention.toMillis());
    for (Keep keep : keeps) {
      for (MemorySeries series : index.select(keep.matchers)) {
        kept[series.number()] = Math.max(kept[series.number()], keep.millis);
      }
    }
    return kept;
  }

  private boolean forget(MemorySeries series, long cutoff) {
    if (series.lastTimestamp() >= cutoff) {
      series.dropBefore(cutoff);
      return false;
    }
    index.remove(series.number());
    series.clear();
    return true;
  }

  /** After removals: an index with many holes is built anew. */
  private void renew() {
    index.dropSelections();
    int holes = index.size() - byLabels.size();
    if (holes < Math.max(FEWEST_HOLES, byLabels.size() / 4)) {
      return;
    }
    var fresh = new LabelIndex();
    for (MemorySeries series : byLabels.values()) {
      fresh.intern(series.labels());
      series.renumber(fresh.size());
      fresh.add(series);
    }
    index = fresh;
  }

  /**
   * Everything appended since the last checkpoint, as it is at this moment. Taken between two
   * appends it is exactly what the journal holds up to there.
   */
  public Checkpoint checkpoint() {
    writing.lock();
    try {
      var unsaved = new ArrayList<Checkpoint.Unsaved>();
      for (MemorySeries series : byLabels.values()) {
        if (series.unsaved()) {
          unsaved.add(Checkpoint.Unsaved.of(series));
          series.saved();
        }
      }
      return new Checkpoint(unsaved, this::unsavedAgain);
    } finally {
      writing.unlock();
    }
  }

  private void unsavedAgain(List<Checkpoint.Unsaved> lost) {
    writing.lock();
    try {
      lost.forEach(one -> one.series().unsavedAgain(one.since()));
    } finally {
      writing.unlock();
    }
  }

  /** What the store holds; looks at every series, some milliseconds for 100,000 of them. */
  public Stats stats() {
    long series = 0;
    long chunks = 0;
    long samples = 0;
    long bytes = 0;
    for (MemorySeries one : index.select(List.of())) {
      Chunks held = one.chunks();
      series++;
      chunks += held.count();
      samples += held.samples();
      bytes += held.bytes();
    }
    return new Stats(series, chunks, samples, bytes, tooOld.get(), tooMany.get());
  }
}

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The recent past in memory, in compressed chunks behind a label index. One writer appends, forgets
 * and takes checkpoints (a lock holds those three apart); readers take no lock and see of each
 * series a prefix of what was appended.
 */
public final class MemoryStore implements SeriesStore {
  /**
   * What the store holds at most.
   *
   * @param series how many series are let in
   * @param retention how long samples stay at least
   * @param outOfOrderWindow how far behind a series' newest sample a late one may lie
   */
  public record Limits(SeriesLimits series, Duration retention, Duration outOfOrderWindow) {
    /** The usual limits of series, three hours, ten minutes. */
    public static final Limits DEFAULT =
        new Limits(SeriesLimits.DEFAULT, Duration.ofHours(3), Duration.ofMinutes(10));

    /** With one limit of series alone. */
    public Limits(int maxSeries, Duration retention, Duration outOfOrderWindow) {
      this(SeriesLimits.total(maxSeries), retention, outOfOrderWindow);
    }
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
  private final SeriesDirectory directory;
  private final AtomicLong tooOld = new AtomicLong();
  private final AtomicLong tooMany = new AtomicLong();
  private volatile Consumer<Unadmitted> unadmitted = refused -> {};
  private SeriesWatch watch = SeriesWatch.NONE;
  private List<Keep> keeps = List.of();
  private volatile long unsavedSamples;

  public MemoryStore(Limits limits) {
    this(limits, System::nanoTime);
  }

  /**
   * @param nanos a clock that only goes on, nanoseconds; new series per second are counted by it
   */
  public MemoryStore(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.directory = new SeriesDirectory(new SeriesGate(limits.series, nanos));
    this.windowMillis = limits.outOfOrderWindow.toMillis();
  }

  /** The series this store knows. */
  SeriesDirectory directory() {
    return directory;
  }

  /**
   * Tells a listener of the samples of wanted series as they become readable, from now on; in the
   * place of an earlier one. It is called by the writer and must not block.
   *
   * @param wanted asked once about each series
   */
  public void watch(Predicate<Labels> wanted, Consumer<SampleBatch> listener) {
    writing.lock();
    try {
      watch = new SeriesWatch(wanted, listener);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Finds the series of a batch; samples of new ones that the limits do not let in are left out and
   * counted. By any thread, before {@link #append(Admitted)}.
   */
  public Admitted admit(SampleBatch batch) {
    Admitted admitted = new Admission(directory).of(batch);
    int refused = admitted.refused().total();
    if (refused > 0) {
      tooMany.addAndGet(refused);
      unadmitted.accept(admitted.refused());
    }
    return admitted;
  }

  /** Tells a listener of samples whose series were not let in, in the place of an earlier one. */
  public void onUnadmitted(Consumer<Unadmitted> listener) {
    unadmitted = listener;
  }

  /** How many series there are, by job too. */
  public SeriesCensus census(int mostJobs) {
    return directory.gate().census(mostJobs);
  }

  /**
   * Appends what was accepted once, by an earlier run or another node: every series is let in.
   * Otherwise as {@link #append(SampleBatch)}.
   */
  public AppendResult restore(SampleBatch batch) {
    var series = new MemorySeries[batch.size()];
    for (int i = 0; i < series.length; i++) {
      series[i] = directory.remember(batch.labels(i));
    }
    return append(new Admitted(batch, series, Unadmitted.NONE));
  }

  @Override
  public AppendResult append(SampleBatch batch) {
    return append(admit(batch));
  }

  /** As {@link #append(SampleBatch)} for a batch that was let in. */
  public AppendResult append(Admitted admitted) {
    SampleBatch batch = admitted.batch();
    SampleBatch.@Nullable Builder watched = null;
    int old = 0;
    writing.lock();
    try {
      for (int i = 0; i < batch.size(); i++) {
        MemorySeries series = append(admitted.series(i), batch.timestamp(i), batch.value(i));
        if (series == null) {
          old++;
        } else if (watch.wants(series)) {
          watched = watched == null ? SampleBatch.builder() : watched;
          watched.add(series.labels(), batch.timestamp(i), batch.value(i));
        }
      }
      tooOld.addAndGet(old);
      unsavedSamples = unsavedSamples + batch.size() - old;
      watch.tell(watched);
    } finally {
      writing.unlock();
    }
    return new AppendResult(batch.size() - old, old, admitted.refused());
  }

  /** The series that has the sample now; none when the sample was too old. */
  private @Nullable MemorySeries append(MemorySeries series, long timestamp, double value) {
    MemorySeries awake = series;
    if (series.asleep()) {
      awake = directory.wake(series);
      if (awake.begins()) {
        awake.begin(timestamp, value);
        return awake;
      }
    }
    return awake.append(timestamp, value, windowMillis) ? awake : null;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    return select(Reading.of(matchers, fromMillis, toMillis)).series();
  }

  @Override
  public Selected select(Reading reading) {
    Allowance allowance = reading.allowance();
    MemorySeries[] matching =
        directory.index().select(reading.matchers(), () -> allowance.samples(0));
    allowance.series(matching.length);
    var found = new ArrayList<SeriesPoints>();
    var room = new Points(0); // chunks are longer than what is wanted of them
    for (MemorySeries series : matching) {
      Points points = series.read(reading, room.cleared());
      if (points.size() > 0) {
        allowance.samples(points.size());
        found.add(points.copied(series.labels()));
      }
    }
    return Selected.fine(found);
  }

  @Override
  public Optional<SeriesPoints> points(Labels labels, long fromMillis, long toMillis) {
    MemorySeries series = directory.find(labels);
    if (series == null) {
      return Optional.empty();
    }
    Points points = series.read(fromMillis, toMillis);
    return points.size() == 0 ? Optional.empty() : Optional.of(points.of(series.labels()));
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return series(matcherSets, fromMillis, toMillis, () -> {});
  }

  @Override
  public List<Labels> series(
      List<List<Matcher>> matcherSets, long fromMillis, long toMillis, Runnable patience) {
    long after = fromMillis == Long.MIN_VALUE ? fromMillis : fromMillis - 1;
    LabelIndex current = directory.index();
    var found = new TreeSet<Labels>();
    for (List<Matcher> matchers : matcherSets.isEmpty() ? ALL : matcherSets) {
      for (MemorySeries series : current.select(matchers, patience)) {
        patience.run();
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
    ranges.forEach(
        (matchers, range) -> {
          // Of thousands of rules hardly any looks back further than everything is kept.
          if (range.compareTo(limits.retention) > 0) {
            all.add(new Keep(List.copyOf(matchers), range.toMillis()));
          }
        });
    writing.lock();
    try {
      keeps = List.copyOf(all);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Drops chunks that lie wholly before the retention of their series, and lets series of which
   * nothing is left sleep. What no checkpoint has seen stays.
   */
  public void forget(long nowMillis) {
    writing.lock();
    try {
      long[] kept = retentions();
      int before = directory.awake();
      directory.index().forEach(one -> forget(one, nowMillis, nowMillis - kept[one.number()]));
      if (directory.awake() < before) {
        directory.renew();
      }
      directory.dropOld(nowMillis);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Deletes the samples in {@code [fromMillis, toMillis]} of series that satisfy every matcher of
   * at least one set; answers how many. Only from memory: what a checkpoint wrote, and what the
   * journal holds since, stays.
   */
  public long delete(
      List<List<Matcher>> matcherSets, long fromMillis, long toMillis, long nowMillis) {
    writing.lock();
    try {
      long deleted = 0;
      int before = directory.awake();
      for (List<Matcher> matchers : matcherSets) {
        for (MemorySeries series : directory.index().select(matchers)) {
          deleted += series.asleep() ? 0 : series.delete(fromMillis, toMillis);
          if (series.begins() && !series.asleep()) {
            directory.rest(series, nowMillis);
          }
        }
      }
      if (directory.awake() < before) {
        directory.renew();
      }
      return deleted;
    } finally {
      writing.unlock();
    }
  }

  /** How long each series is kept, by number, in milliseconds. */
  private long[] retentions() {
    long[] kept = new long[directory.index().size()];
    Arrays.fill(kept, limits.retention.toMillis());
    for (Keep keep : keeps) {
      for (MemorySeries series : directory.index().select(keep.matchers)) {
        kept[series.number()] = Math.max(kept[series.number()], keep.millis);
      }
    }
    return kept;
  }

  private void forget(MemorySeries series, long nowMillis, long cutoff) {
    if (series.lastTimestamp() >= cutoff || series.unsaved()) {
      series.dropBefore(cutoff);
    } else {
      directory.rest(series, nowMillis);
    }
  }

  /**
   * Everything appended since the last checkpoint, as it is at this moment. Taken between two
   * appends it is exactly what the journal holds up to there.
   */
  public Checkpoint checkpoint() {
    writing.lock();
    try {
      unsavedSamples = 0;
      var unsaved = new ArrayList<Checkpoint.Unsaved>();
      directory
          .index()
          .forEach(
              series -> {
                if (series.unsaved()) {
                  unsaved.add(Checkpoint.Unsaved.of(series));
                  series.saved();
                }
              });
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

  /**
   * Gives up samples in {@code [fromMillis, toMillis]} that no checkpoint saw, so that memory stays
   * bounded while nothing can be saved; answers how many. The journal must not hold them either.
   */
  public long giveUp(long fromMillis, long toMillis) {
    writing.lock();
    try {
      long[] given = new long[1];
      directory.index().forEach(series -> given[0] += series.giveUp(fromMillis, toMillis));
      unsavedSamples = Math.max(0, unsavedSamples - given[0]);
      return given[0];
    } finally {
      writing.unlock();
    }
  }

  /** About how many samples came since the last checkpoint. */
  public long unsavedSamples() {
    return unsavedSamples;
  }

  /** What the store holds; looks at every series, some milliseconds for 100,000 of them. */
  public Stats stats() {
    long[] sums = new long[4];
    directory
        .index()
        .forEach(
            one -> {
              Chunks held = one.chunks();
              sums[0]++;
              sums[1] += held.count();
              sums[2] += held.samples();
              sums[3] += held.bytes();
            });
    return new Stats(sums[0], sums[1], sums[2], sums[3], tooOld.get(), tooMany.get());
  }
}

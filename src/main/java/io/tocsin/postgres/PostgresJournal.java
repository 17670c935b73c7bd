package io.tocsin.postgres;

import io.tocsin.postgres.JournalQueue.Waiting;
import io.tocsin.series.Admitted;
import io.tocsin.series.Journal;
import io.tocsin.series.JournalCodec;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import io.tocsin.series.SeriesStore.AppendResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in the database. One thread writes: all batches that wait become one row and one
 * commit, are appended to the store in that order, and are answered then. When a commit fails its
 * batches are refused as in doubt; once the database is back the writer looks whether the row is
 * there, and if it is, appends it before anything newer. Numbers are not used again, so whatever a
 * lost connection may still do on the server meets no other entry.
 */
public final class PostgresJournal implements Journal, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresJournal.class);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final long IDLE_MILLIS = 1_000;
  private static final long RETRY_MILLIS = 250;
  private static final Executor ANSWERS = task -> Thread.ofVirtual().start(task);

  /**
   * Bounds of the journal.
   *
   * @param queuedSamples samples from outside that may wait, and as many of our own
   * @param groupSamples about how many samples go into one commit
   */
  public record Limits(int queuedSamples, int groupSamples) {
    /** Half a million waiting, 50,000 in one commit. */
    public static final Limits DEFAULT = new Limits(500_000, 50_000);
  }

  /**
   * How the journal fares.
   *
   * @param queuedSamples samples that wait
   * @param lag how long the oldest of them has waited
   * @param droppedSamples our own samples that are readable but not durable, since the start
   * @param commits since the start
   * @param samples committed since the start
   * @param failures commits that failed, since the start
   * @param lastCommit when the last one succeeded
   * @param available whether the database took the last one
   */
  public record Stats(
      int queuedSamples,
      Duration lag,
      long droppedSamples,
      long commits,
      long samples,
      long failures,
      Optional<Instant> lastCommit,
      boolean available) {}

  private record Doubt(long seq, List<Waiting> group) {}

  private record Mark<T>(Supplier<T> snapshot, CompletableFuture<Marked<T>> result) {}

  /** What was taken between two entries: everything up to {@code seq} is in it. */
  record Marked<T>(T snapshot, long seq) {}

  private final WriterConnection connection;
  private final Node node;
  private final MemoryStore store;
  private final InstantSource clock;
  private final Limits limits;
  private final JournalQueue queue;
  private final JournalCodec.Encoder encoder;
  private final ConcurrentLinkedQueue<Mark<?>> marks = new ConcurrentLinkedQueue<>();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder samples = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Thread writer;
  private volatile @Nullable Instant lastCommit;
  private volatile @Nullable JournalUnavailable away;
  private volatile boolean closed;

  private @Nullable Doubt doubt;
  private long lastSeq;
  private long sliceEnd;

  /**
   * Opens the journal of a node for writing, after everything in it was replayed.
   *
   * @throws DatabaseProblem when the database is away
   */
  public PostgresJournal(
      Database database,
      Node node,
      SeriesIds ids,
      MemoryStore store,
      InstantSource clock,
      Limits limits) {
    this.connection = new WriterConnection(database, SILENCE, "the journal");
    this.node = node;
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.queue = new JournalQueue(limits.queuedSamples);
    this.encoder = new JournalCodec.Encoder(ids::idOf);
    try {
      connect();
    } catch (SQLException failed) {
      throw new DatabaseProblem("cannot open the journal: " + failed.getMessage(), failed);
    }
    writer = Thread.ofPlatform().name("tocsin-journal").daemon().start(this::run);
  }

  @Override
  public CompletionStage<AppendResult> accept(SampleBatch batch) {
    JournalUnavailable reason = away;
    if (reason != null) {
      return CompletableFuture.failedStage(reason);
    }
    Admitted admitted = store.admit(batch);
    if (admitted.size() == 0) {
      return CompletableFuture.completedStage(new AppendResult(0, 0, admitted.refused()));
    }
    var result = new CompletableFuture<AppendResult>();
    if (closed || !queue.offer(new Waiting(admitted, result, false, System.nanoTime()))) {
      return CompletableFuture.failedStage(
          new JournalFull("more than " + limits.queuedSamples + " samples wait for the journal"));
    }
    if (closed) {
      refuseAwaited(stopped());
    }
    return result;
  }

  @Override
  public void observe(SampleBatch batch) {
    Admitted admitted = store.admit(batch);
    store.append(admitted);
    var nobody = new CompletableFuture<AppendResult>();
    if (closed || !queue.offer(new Waiting(admitted, nobody, true, System.nanoTime()))) {
      dropped.add(admitted.size());
    }
  }

  /**
   * Takes a snapshot of the store on the writer's thread, between two entries; the next entry
   * begins a new slice and names its labels anew, so the journal before it can go once the snapshot
   * is kept.
   */
  <T> CompletableFuture<Marked<T>> mark(Supplier<T> snapshot) {
    var mark = new Mark<>(snapshot, new CompletableFuture<Marked<T>>());
    marks.add(mark);
    queue.wake();
    return mark.result;
  }

  /** How it fares now. */
  public Stats stats() {
    return new Stats(
        queue.samples(),
        Duration.ofNanos(queue.oldestNanos()),
        dropped.sum(),
        commits.sum(),
        samples.sum(),
        failures.sum(),
        Optional.ofNullable(lastCommit),
        away == null);
  }

  private void run() {
    try {
      while (!closed || queue.samples() > 0) {
        if (away != null && !reconnected()) {
          if (closed) {
            break;
          }
          Thread.sleep(RETRY_MILLIS);
          continue;
        }
        List<Waiting> group = queue.take(limits.groupSamples, IDLE_MILLIS);
        if (!group.isEmpty()) {
          write(group);
        }
        takeMarks();
      }
    } catch (InterruptedException stopping) {
      log.warn("the journal's writer was interrupted, {} samples waited", queue.samples());
    } finally {
      closed = true;
      refuseAwaited(stopped());
      connection.close();
    }
  }

  private void write(List<Waiting> group) {
    long seq = lastSeq + 1;
    try {
      byte[] payload = encoder.encode(group.stream().map(Waiting::batch).toList());
      seq = slot(seq);
      JournalTable.append(connection.get(), node.id(), seq, payload);
      lastSeq = seq;
      lastCommit = clock.instant();
      commits.increment();
      samples.add(group.stream().mapToInt(one -> one.batch().size()).sum());
      append(group);
    } catch (SQLException | RuntimeException failed) {
      lastSeq = seq;
      fail(new Doubt(seq, group), failed);
    }
  }

  /** The number for the next entry, with a slice that has room for it. */
  private long slot(long seq) throws SQLException {
    if (seq < sliceEnd) {
      return seq;
    }
    long from = seq % JournalTable.SLICE == 0 ? seq : JournalTable.nextSlice(seq);
    JournalTable.addSlice(connection.get(), node.id(), from);
    sliceEnd = from + JournalTable.SLICE;
    return from;
  }

  private void append(List<Waiting> group) {
    for (Waiting one : group) {
      if (!one.observed()) {
        AppendResult result = store.append(one.batch());
        one.result().completeAsync(() -> result, ANSWERS);
      }
    }
  }

  private void fail(Doubt lost, Exception failed) {
    failures.increment();
    var reason = new JournalUnavailable("the database is away: " + failed.getMessage(), failed);
    log.warn("journal entry {} failed: {}", lost.seq, failed.toString());
    away = reason;
    doubt = lost;
    encoder.restart();
    connection.close();
    queue.putBack(lost.group.stream().filter(Waiting::observed).toList());
    lost.group.forEach(one -> refuse(one, reason));
    refuseAwaited(reason);
    marks.removeIf(mark -> mark.result.completeExceptionally(reason));
  }

  private void refuseAwaited(RuntimeException reason) {
    queue.takeAwaited().forEach(one -> refuse(one, reason));
  }

  private static void refuse(Waiting one, RuntimeException reason) {
    ANSWERS.execute(() -> one.result().completeExceptionally(reason));
  }

  private JournalUnavailable stopped() {
    return new JournalUnavailable(
        "the journal is closed", new IllegalStateException("the journal is closed"));
  }

  private boolean reconnected() {
    try {
      connect();
      Doubt open = doubt;
      if (open != null && JournalTable.holds(connection.get(), node.id(), open.seq)) {
        log.info("journal entry {} was kept after all", open.seq);
        open.group.stream()
            .filter(one -> !one.observed())
            .forEach(one -> store.append(one.batch()));
      }
      doubt = null;
      away = null;
      return true;
    } catch (SQLException still) {
      connection.close();
      return false;
    }
  }

  private void connect() throws SQLException {
    Connection fresh = connection.open();
    JournalTable.prepare(fresh, node.id());
    lastSeq = Math.max(lastSeq, JournalTable.lastSeq(fresh, node.id()));
    sliceEnd = lastSeq + 1;
  }

  private void takeMarks() {
    for (Mark<?> mark = marks.poll(); mark != null; mark = marks.poll()) {
      take(mark);
    }
  }

  private <T> void take(Mark<T> mark) {
    try {
      T snapshot = mark.snapshot.get();
      lastSeq = Math.max(lastSeq, sliceEnd - 1);
      encoder.restart();
      mark.result.complete(new Marked<>(snapshot, lastSeq));
    } catch (RuntimeException failed) {
      mark.result.completeExceptionally(new CompletionException(failed));
    }
  }

  /** Writes what waits, then stops; what comes later is refused. Blocks at most ten seconds. */
  @Override
  public void close() {
    closed = true;
    queue.wake();
    try {
      if (!writer.join(Duration.ofSeconds(10))) {
        writer.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

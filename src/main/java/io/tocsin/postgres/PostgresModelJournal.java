package io.tocsin.postgres;

import io.tocsin.model.ModelJournal;
import io.tocsin.series.Journal.JournalFull;
import io.tocsin.series.Journal.JournalUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models' journal in the database. One thread writes: all entries that wait become one commit,
 * are applied in that order, and are answered then. When a commit fails its entries are refused as
 * in doubt; once the database is back the writer looks whether they are there, and if they are,
 * applies them before anything newer. Numbers are not used again.
 */
public final class PostgresModelJournal implements ModelJournal, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresModelJournal.class);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration REPLAY_SILENCE = Duration.ofSeconds(60);
  private static final Duration PART = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 250;

  /** Entries may be of several megabytes each. */
  private static final int PAGE = 8;

  private static final Executor ANSWERS = task -> Thread.ofVirtual().start(task);

  /**
   * Bounds of the journal.
   *
   * @param queuedBytes bytes of entries that may wait
   * @param groupBytes about how many go into one commit
   */
  public record Limits(int queuedBytes, int groupBytes) {
    /** 32 MiB waiting, 8 MiB in one commit. */
    public static final Limits DEFAULT = new Limits(32 << 20, 8 << 20);
  }

  /** One entry; nobody compares entries. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Waiting(
      String model, byte[] entry, Applying applying, CompletableFuture<Integer> result) {}

  private record Doubt(List<ModelJournalTable.Entry> entries, List<Waiting> group) {}

  private final Database database;
  private final WriterConnection connection;
  private final Limits limits;
  private final Object lock = new Object();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<Long>> parts = new ArrayDeque<>();
  private final boolean[] dirty = {true, true};
  private final AtomicLong lastSeq = new AtomicLong();
  private final Thread writer;
  private long queuedBytes;
  private int part;
  private boolean closed;
  private volatile @Nullable JournalUnavailable away;
  private @Nullable Doubt doubt;

  /**
   * Opens the journal for writing; entries wait until they are replayed.
   *
   * @throws DatabaseProblem when the database is away
   */
  public PostgresModelJournal(Database database, Limits limits) {
    this.database = database;
    this.connection = new WriterConnection(database, SILENCE, "the models' journal");
    this.limits = limits;
    try {
      connect();
    } catch (SQLException failed) {
      throw new DatabaseProblem("cannot open the models' journal: " + failed.getMessage(), failed);
    }
    writer = Thread.ofPlatform().name("tocsin-models").daemon().start(this::run);
  }

  @Override
  public CompletionStage<Integer> append(String model, byte[] entry, Applying applying) {
    JournalUnavailable reason = away;
    if (reason != null) {
      return CompletableFuture.failedStage(reason);
    }
    var result = new CompletableFuture<Integer>();
    synchronized (lock) {
      if (closed || (queuedBytes > 0 && queuedBytes + entry.length > limits.queuedBytes)) {
        return CompletableFuture.failedStage(
            new JournalFull(
                "more than " + limits.queuedBytes + " bytes wait for the models' journal"));
      }
      queuedBytes += entry.length;
      waiting.addLast(new Waiting(model, entry, applying, result));
      lock.notifyAll();
    }
    return result;
  }

  @Override
  public void replay(Replaying replaying) {
    try (Connection reading = database.dedicated(REPLAY_SILENCE)) {
      long seq = 0;
      List<ModelJournalTable.Entry> page;
      do {
        page = ModelJournalTable.after(reading, seq, PAGE);
        for (ModelJournalTable.Entry entry : page) {
          replaying.replay(entry.seq(), entry.model(), entry.bytes());
          seq = entry.seq();
        }
      } while (page.size() == PAGE);
    } catch (SQLException failed) {
      throw new DatabaseProblem("cannot read the models' journal: " + failed.getMessage(), failed);
    }
  }

  @Override
  public long begin() {
    JournalUnavailable reason = away;
    if (reason != null) {
      throw reason;
    }
    var begun = new CompletableFuture<Long>();
    synchronized (lock) {
      if (closed) {
        throw stopped();
      }
      parts.add(begun);
      lock.notifyAll();
    }
    return begun.orTimeout(PART.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void covered(long covered) {
    int emptied = Math.toIntExact(covered);
    try (Connection emptying = database.dedicated(SILENCE)) {
      ModelJournalTable.empty(emptying, emptied, lastSeq.get());
      synchronized (lock) {
        dirty[emptied] = false;
      }
    } catch (SQLException busy) {
      log.info("the models' journal keeps what snapshots hold a while longer: {}", busy.toString());
    }
  }

  @Override
  public long queuedBytes() {
    synchronized (lock) {
      return queuedBytes;
    }
  }

  private void run() {
    try {
      while (true) {
        if (away != null && !reconnected()) {
          if (isClosed()) {
            return;
          }
          Thread.sleep(RETRY_MILLIS);
          continue;
        }
        List<Waiting> group = take();
        if (!group.isEmpty()) {
          write(group);
        } else if (isClosed()) {
          return;
        }
        turn();
      }
    } catch (InterruptedException stopping) {
      log.warn("the models' journal was interrupted");
    } finally {
      refuseAll(stopped());
      connection.close();
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private List<Waiting> take() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty() && parts.isEmpty() && !closed) {
        lock.wait();
      }
      var group = new ArrayList<Waiting>();
      long bytes = 0;
      while (!waiting.isEmpty()
          && (group.isEmpty() || bytes + waiting.getFirst().entry.length <= limits.groupBytes)) {
        Waiting one = waiting.removeFirst();
        bytes += one.entry.length;
        group.add(one);
      }
      queuedBytes -= bytes;
      return group;
    }
  }

  private void write(List<Waiting> group) {
    var entries = new ArrayList<ModelJournalTable.Entry>(group.size());
    for (Waiting one : group) {
      entries.add(new ModelJournalTable.Entry(lastSeq.incrementAndGet(), one.model, one.entry));
    }
    try {
      ModelJournalTable.append(connection.get(), part, entries);
    } catch (SQLException | RuntimeException failed) {
      fail(new Doubt(entries, group), failed);
      return;
    }
    synchronized (lock) {
      dirty[part] = true;
    }
    apply(new Doubt(entries, group));
  }

  private void apply(Doubt durable) {
    for (int i = 0; i < durable.group.size(); i++) {
      Waiting one = durable.group.get(i);
      try {
        int answer = one.applying.apply(durable.entries.get(i).seq());
        one.result.completeAsync(() -> answer, ANSWERS);
      } catch (RuntimeException failed) {
        log.error("entry {} of model {} failed", durable.entries.get(i).seq(), one.model, failed);
        ANSWERS.execute(() -> one.result.completeExceptionally(failed));
      }
    }
  }

  private void fail(Doubt lost, Exception failed) {
    var reason = new JournalUnavailable("the database is away: " + failed.getMessage(), failed);
    log.warn("entries from {} on failed: {}", lost.entries.getFirst().seq(), failed.toString());
    doubt = lost;
    away = reason;
    connection.close();
    lost.group.forEach(one -> refuse(one, reason));
    refuseAll(reason);
  }

  private void refuseAll(JournalUnavailable reason) {
    List<Waiting> refused;
    List<CompletableFuture<Long>> begun;
    synchronized (lock) {
      refused = List.copyOf(waiting);
      waiting.clear();
      queuedBytes = 0;
      begun = List.copyOf(parts);
      parts.clear();
    }
    refused.forEach(one -> refuse(one, reason));
    begun.forEach(one -> one.completeExceptionally(reason));
  }

  private static void refuse(Waiting one, RuntimeException reason) {
    ANSWERS.execute(() -> one.result.completeExceptionally(reason));
  }

  private static JournalUnavailable stopped() {
    return new JournalUnavailable(
        "the models' journal is closed", new IllegalStateException("closed"));
  }

  /** Turns to the other part when it is empty. */
  private void turn() {
    synchronized (lock) {
      for (CompletableFuture<Long> one = parts.poll(); one != null; one = parts.poll()) {
        if (!dirty[1 - part]) {
          part = 1 - part;
        }
        one.complete(1L - part);
      }
    }
  }

  private boolean reconnected() {
    try {
      connect();
      Doubt open = doubt;
      if (open != null
          && ModelJournalTable.holds(connection.get(), open.entries.getFirst().seq())) {
        log.info("entries from {} on were kept after all", open.entries.getFirst().seq());
        apply(open);
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
    long kept = ModelJournalTable.lastSeq(fresh);
    lastSeq.accumulateAndGet(kept, Math::max);
  }

  /** Writes what waits, then stops; what comes later is refused. Blocks at most ten seconds. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      if (!writer.join(Duration.ofSeconds(10))) {
        writer.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

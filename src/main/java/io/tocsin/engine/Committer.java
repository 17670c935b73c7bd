package io.tocsin.engine;

import io.tocsin.notify.Commit;
import io.tocsin.notify.Outbox;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commits durable one after the other, each again until the database takes it. Bounded: when
 * full the engine stands still, since nothing more can be remembered.
 */
final class Committer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Committer.class);
  private static final int CAPACITY = 10_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /**
   * A node that lost its lead with the database may have it back a moment later; only one that is
   * refused for longer has really been followed by another.
   */
  private static final Duration DEPOSED_GRACE = Duration.ofSeconds(5);

  private final Consumer<Commit> writing;
  private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicInteger unwritten = new AtomicInteger();
  private final Thread thread;
  private volatile boolean running = true;

  private record Task(Commit commit, CompletableFuture<Void> done) {}

  /**
   * @param writing makes one durable; fails as {@link Outbox#commit(Commit)}
   */
  Committer(Consumer<Commit> writing) {
    this.writing = writing;
    this.thread = Thread.ofVirtual().name("engine-commit").start(this::run);
  }

  /**
   * Queues a commit behind those before it. The future completes when it is durable and fails with
   * {@link Outbox.Deposed} when this node no longer leads.
   */
  CompletableFuture<Void> submit(Commit commit) throws InterruptedException {
    var task = new Task(commit, new CompletableFuture<>());
    unwritten.incrementAndGet();
    queue.put(task);
    return task.done();
  }

  /** How many commits are not durable yet. */
  int unwritten() {
    return unwritten.get();
  }

  private void run() {
    try {
      while (running) {
        Task task = queue.poll(100, TimeUnit.MILLISECONDS);
        if (task != null) {
          write(task);
        }
      }
    } catch (InterruptedException stopped) {
      log.debug("commits end with {} unwritten", unwritten.get());
    }
    for (Task task = queue.poll(); task != null; task = queue.poll()) {
      task.done().completeExceptionally(new Outbox.Deposed("the engine was stopped"));
    }
  }

  private void write(Task task) throws InterruptedException {
    long began = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    boolean wasAway = false;
    while (true) {
      try {
        writing.accept(task.commit());
        unwritten.decrementAndGet();
        task.done().complete(null);
        return;
      } catch (Outbox.Deposed deposed) {
        if (!wasAway && unwritten.get() <= 1 || elapsed(began).compareTo(DEPOSED_GRACE) > 0) {
          unwritten.decrementAndGet();
          task.done().completeExceptionally(new CompletionException(deposed));
          return;
        }
      } catch (RuntimeException away) {
        if (!wasAway) {
          log.warn("commit waits for the database: {}", away.getMessage());
        }
        wasAway = true;
      }
      if (!running) {
        task.done().completeExceptionally(new Outbox.Deposed("the engine was stopped"));
        return;
      }
      Thread.sleep(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private static Duration elapsed(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Writes what is queued if the database takes it at once, then stops. */
  @Override
  public void close() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (unwritten.get() > 0 && thread.isAlive() && System.nanoTime() < end) {
      thread.join(Duration.ofMillis(10));
    }
    running = false;
    if (!thread.join(Duration.ofSeconds(1))) {
      thread.interrupt();
    }
  }
}

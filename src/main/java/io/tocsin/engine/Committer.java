package io.tocsin.engine;

import io.tocsin.notify.Commit;
import io.tocsin.notify.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * Makes commits durable in their order, each again until the database takes it; what was decided
 * while one was written goes together with the next. Bounded: when full the engine stands still,
 * since nothing more can be remembered.
 */
final class Committer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Committer.class);
  private static final int CAPACITY = 10_000;

  /** So many commits become one at most: after a database was away they are many. */
  private static final int TOGETHER = 100;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /**
   * A node that lost its lead with the database may have it back a moment later; only one that is
   * refused for longer has really been followed by another.
   */
  private static final Duration DEPOSED_GRACE = Duration.ofSeconds(5);

  /** A commit that waited longer than this may have outlived a lead that was lost and regained. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Consumer<Commit> writing;
  private final Runnable progress;
  private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicInteger unwritten = new AtomicInteger();
  private final AtomicInteger alertsWaiting = new AtomicInteger();
  private final Thread thread;
  private volatile boolean running = true;

  private record Task(Commit commit, CompletableFuture<Void> done, long since) {

    int alerts() {
      return commit.alerts().size();
    }
  }

  /**
   * @param writing makes one durable; fails as {@link Outbox#commit(Commit)}
   * @param progress is called when one begins to be written and when it is durable; quick
   */
  Committer(Consumer<Commit> writing, Runnable progress) {
    this.writing = writing;
    this.progress = progress;
    this.thread = Thread.ofPlatform().name("engine-commit").daemon().start(this::run);
  }

  /**
   * Queues a commit behind those before it. The future completes when it is durable and fails with
   * {@link Outbox.Deposed} when this node no longer leads.
   */
  CompletableFuture<Void> submit(Commit commit) throws InterruptedException {
    var task = new Task(commit, new CompletableFuture<>(), System.nanoTime());
    unwritten.incrementAndGet();
    alertsWaiting.addAndGet(task.alerts());
    queue.put(task);
    return task.done();
  }

  /** Whether so many alerts more still go with what waits to be written next. */
  boolean hasRoomFor(int alerts) {
    return alertsWaiting.get() + alerts <= Portion.MOST_ALERTS;
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
          write(withThoseBehind(task));
        }
      }
    } catch (InterruptedException stopped) {
      log.debug("commits end with {} unwritten", unwritten.get());
    }
    for (Task task = queue.poll(); task != null; task = queue.poll()) {
      task.done().completeExceptionally(new Outbox.Deposed("the engine was stopped"));
    }
  }

  /** As many as one transaction carries, in their order. */
  private List<Task> withThoseBehind(Task first) {
    var together = new ArrayList<Task>();
    together.add(first);
    int alerts = first.alerts();
    Task next = queue.peek();
    while (next != null
        && alerts + next.alerts() <= Portion.MOST_ALERTS
        && together.size() < TOGETHER) {
      together.add(queue.remove());
      alerts += next.alerts();
      next = queue.peek();
    }
    alertsWaiting.addAndGet(-alerts);
    progress.run();
    return together;
  }

  private void write(List<Task> tasks) throws InterruptedException {
    Commit commit = tasks.stream().map(Task::commit).reduce(Commit.NOTHING, Commit::and);
    long began = System.nanoTime();
    boolean wasAway = elapsed(tasks.getFirst().since()).compareTo(FRESH) > 0;
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        writing.accept(commit);
        done(tasks, task -> task.done().complete(null));
        return;
      } catch (Outbox.Deposed deposed) {
        if (!wasAway || elapsed(began).compareTo(DEPOSED_GRACE) > 0) {
          var failure = new CompletionException(deposed);
          done(tasks, task -> task.done().completeExceptionally(failure));
          return;
        }
      } catch (RuntimeException away) {
        if (!wasAway) {
          log.warn("commit waits for the database: {}", away.getMessage());
        }
        wasAway = true;
      }
      if (!running) {
        done(
            tasks,
            task ->
                task.done().completeExceptionally(new Outbox.Deposed("the engine was stopped")));
        return;
      }
      Thread.sleep(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private void done(List<Task> tasks, Consumer<Task> end) {
    unwritten.addAndGet(-tasks.size());
    tasks.forEach(end);
    progress.run();
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

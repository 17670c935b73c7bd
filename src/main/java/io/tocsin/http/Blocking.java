package io.tocsin.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The one place where a request may wait: each call gets a virtual thread, and its outcome comes
 * back on the caller's event loop. At most {@code limit} calls at a time; beyond that 503 at once.
 */
public final class Blocking implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
  private final Semaphore permits;
  private final int limit;

  /**
   * @param limit how many calls may be under way
   */
  public Blocking(int limit) {
    this.limit = limit;
    this.permits = new Semaphore(limit);
  }

  /** Calls on a virtual thread; the future completes on the current event loop, if any. */
  public <T> Future<T> call(Callable<T> work) {
    if (!permits.tryAcquire()) {
      return Future.failedFuture(
          ProblemException.unavailable(
              limit + " requests are already waiting", Duration.ofSeconds(1)));
    }
    var done = new CompletableFuture<T>();
    threads.execute(
        () -> {
          try {
            done.complete(work.call());
          } catch (Throwable e) {
            done.completeExceptionally(e);
          } finally {
            permits.release();
          }
        });
    Context context = Vertx.currentContext();
    return context == null
        ? Future.fromCompletionStage(done)
        : Future.fromCompletionStage(done, context);
  }

  /** How many calls are under way. */
  public int underWay() {
    return limit - permits.availablePermits();
  }

  /** Waits a little for calls under way, then interrupts them. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

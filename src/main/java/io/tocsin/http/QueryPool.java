package io.tocsin.http;

import io.tocsin.promql.QueryProblem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where people's queries compute: a few threads of their own, so that a heavy board slows neither
 * event loops nor rules. A bounded queue; beyond it 503 at once.
 */
public final class QueryPool implements AutoCloseable {

  private final ThreadPoolExecutor threads;
  private final int bound;

  /**
   * @param size how many queries compute at once
   * @param bound how many may wait
   */
  public QueryPool(int size, int bound) {
    this.bound = bound;
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(bound),
            Thread.ofPlatform().name("query-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Computes on a pool thread.
   *
   * @param timeout waiting in the queue included
   * @param work is told when to stop: its time is up or nobody waits for it any more
   */
  public <T> Future<T> call(Request request, Duration timeout, Function<BooleanSupplier, T> work) {
    long deadline = System.nanoTime() + timeout.toNanos();
    var response = request.context().response();
    BooleanSupplier stop = () -> System.nanoTime() > deadline || response.closed();
    var done = new CompletableFuture<T>();
    try {
      threads.execute(
          () -> {
            try {
              if (stop.getAsBoolean()) {
                throw new QueryProblem(
                    QueryProblem.Kind.CANCELLED, "query timed out in query queue");
              }
              done.complete(work.apply(stop));
            } catch (Throwable e) {
              done.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(
          ProblemException.unavailable(
              bound + " queries are already waiting", Duration.ofSeconds(1)));
    }
    return Future.fromCompletionStage(done, request.context().vertx().getOrCreateContext());
  }

  /** Computes an answer on a pool thread; large data compressed if wanted. */
  Future<Reply> answer(Request request, Duration timeout, Function<BooleanSupplier, Reply> work) {
    UnaryOperator<Reply> gzipped = Gzipped.forReader(request);
    return call(request, timeout, stop -> gzipped.apply(work.apply(stop)));
  }

  /** How many queries wait. */
  public int waiting() {
    return threads.getQueue().size();
  }

  /** Stops; queries under way are interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}

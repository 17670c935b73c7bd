package io.tocsin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts parts in order and stops them in reverse; each step has a name and a bound. */
final class Lifecycle implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** Ends a part. */
  @FunctionalInterface
  interface Stop {
    void run() throws Exception;
  }

  private record Started(String name, Stop stop) {}

  private final Deque<Started> started = new ArrayDeque<>();

  /** Starts a part that ends by itself. */
  <T> T start(String name, Callable<T> begin) throws Exception {
    long from = System.nanoTime();
    T part = begin.call();
    log.debug("{} started in {} ms", name, (System.nanoTime() - from) / 1_000_000);
    return part;
  }

  /** Starts a part and remembers how it is ended. */
  <T extends AutoCloseable> T keep(String name, Callable<T> begin) throws Exception {
    T part = start(name, begin);
    onStop(name, part::close);
    return part;
  }

  /** Remembers what else is to be ended, before everything started earlier. */
  void onStop(String name, Stop stop) {
    started.push(new Started(name, stop));
  }

  /** Stops everything in reverse order; a part that fails or hangs does not keep the others. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      stop(started.pop());
    }
  }

  private static void stop(Started part) {
    var stopped = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .name("stop-" + part.name)
        .start(
            () -> {
              try {
                part.stop.run();
                stopped.complete(null);
              } catch (Exception e) {
                stopped.completeExceptionally(e);
              }
            });
    try {
      stopped.get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("{} did not stop within {} s", part.name, STOP_WITHIN.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("{} did not stop cleanly: {}", part.name, e.getMessage());
    }
  }
}

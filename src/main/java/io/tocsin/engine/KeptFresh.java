package io.tocsin.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads something from the database again and again beside the engine's thread: at once after a
 * change, and every five seconds for changes made by another node. A reading that fails is left to
 * the next one.
 */
final class KeptFresh implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeptFresh.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final String what;
  private final Runnable reading;
  private final Semaphore stale = new Semaphore(0);
  private final Thread thread;
  private volatile boolean running = true;

  /**
   * @param what what is read, for the log and the thread's name
   * @param reading reads and keeps it; may block and fail
   */
  KeptFresh(String what, Runnable reading) {
    this.what = what;
    this.reading = reading;
    this.thread = Thread.ofVirtual().name(what).unstarted(this::run);
  }

  /** Reads once, then goes on reading. Blocks for the first reading and fails as it does. */
  void start() {
    reading.run();
    thread.start();
  }

  /** Reads now. Never blocks. */
  void refresh() {
    stale.release();
  }

  private void run() {
    while (running) {
      try {
        stale.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        stale.drainPermits();
        reading.run();
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException away) {
        log.debug("{} cannot be read: {}", what, away.getMessage());
      }
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}

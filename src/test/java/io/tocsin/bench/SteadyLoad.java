package io.tocsin.bench;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Remote write of 100,000 series at an even rate, beside what is measured. */
final class SteadyLoad implements AutoCloseable {
  private static final int SERIES = 100_000;
  private static final int BATCH = 2_000;

  private final RemoteWriteLoad load;
  private final Thread thread;
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean running = true;
  private long measuredFrom;
  private long before;

  /**
   * @param perSecond samples; none is sent when it is 0
   */
  SteadyLoad(URI target, int perSecond) throws Exception {
    load = new RemoteWriteLoad(target, SERIES, BATCH);
    thread = Thread.ofPlatform().name("load").unstarted(() -> send(perSecond));
    if (perSecond > 0) {
      thread.start();
    }
  }

  private void send(int perSecond) {
    long began = System.nanoTime();
    try {
      for (long i = 0; running; i++) {
        long due = began + (long) (i * (BATCH * 1e9 / perSecond));
        LockSupport.parkNanos(due - System.nanoTime());
        load.one(i, System.currentTimeMillis());
        acknowledged.addAndGet(BATCH);
      }
    } catch (Exception failed) {
      if (running) {
        throw new IllegalStateException(failed);
      }
    }
  }

  /** From now on. */
  void measure() {
    measuredFrom = System.nanoTime();
    before = acknowledged.get();
  }

  /** Samples a second that were acknowledged since. */
  double measured() {
    return (acknowledged.get() - before) / ((System.nanoTime() - measuredFrom) / 1e9);
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    LockSupport.unpark(thread);
    thread.join();
    load.close();
  }
}

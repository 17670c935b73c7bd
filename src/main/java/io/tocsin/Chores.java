package io.tocsin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again beside the road; each chore has a virtual thread of its own. */
final class Chores implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Chores.class);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** What is to be done. */
  @FunctionalInterface
  interface Chore {
    void run() throws Exception;
  }

  /** Does it now and again, so long after it ended last; a failure is logged and not the end. */
  void every(Duration pause, String name, Chore chore) {
    threads.add(Thread.ofVirtual().name("chore-" + name).start(() -> loop(pause, name, chore)));
  }

  private void loop(Duration pause, String name, Chore chore) {
    try {
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          chore.run();
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          log.warn("{} failed and is tried again in {} s", name, pause.toSeconds(), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the chores under way end. */
  @Override
  public void close() throws InterruptedException {
    closing.countDown();
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(8));
    }
  }
}

package io.tocsin.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckState;
import io.tocsin.check.CheckStateStore;
import io.tocsin.probe.JudgedResults.Judged;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes observations and states behind, in batches, on a thread of its own. While the store is
 * away it tries again every second; the queue is bounded, and when it is full the oldest
 * observations are dropped and counted. States are never dropped: there is one for each check.
 */
final class CheckLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckLog.class);

  /** Observations kept while the store is away. */
  static final int CAPACITY = 100_000;

  private static final int BATCH = 2_000;

  /** Many rows of one commit cost less than a commit each. */
  private static final Duration LINGER = Duration.ofMillis(250);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final CheckResultStore results;
  private final CheckStateStore states;
  private final Counter dropped;
  private final Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final ArrayDeque<CheckObservation> queue = new ArrayDeque<>();
  private Map<String, CheckState> changed = new LinkedHashMap<>();
  private boolean idle;
  private boolean closed;

  CheckLog(CheckResultStore results, CheckStateStore states, MeterRegistry registry) {
    this.results = results;
    this.states = states;
    this.dropped =
        Counter.builder("tocsin.check.results.dropped")
            .description("Results that were not written because the queue was full")
            .register(registry);
    Gauge.builder("tocsin.check.results.queued", this, CheckLog::queued)
        .description("Results of checks that wait to be written")
        .register(registry);
    this.writer = Thread.ofVirtual().name("check-log").start(this::write);
  }

  void add(List<Judged> results) {
    locked(
        () -> {
          for (Judged one : results) {
            if (queue.size() == CAPACITY) {
              queue.removeFirst();
              dropped.increment();
            }
            queue.addLast(one.observation());
            one.changed().ifPresent(state -> changed.put(state.check(), state));
          }
        });
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      if (idle || queue.size() >= BATCH || closed) {
        news.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  int queued() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private record Load(List<CheckObservation> observations, Map<String, CheckState> states) {}

  private void write() {
    try {
      while (true) {
        Load load = take();
        if (load.observations().isEmpty() && load.states().isEmpty()) {
          return;
        }
        if (!write(load)) {
          giveBack(load);
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("Stopped with {} check results unwritten", queued());
    }
  }

  private boolean write(Load load) {
    try {
      states.save(load.states().values());
      results.append(load.observations());
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Check results are not written, trying again: {}", e.getMessage());
      return false;
    }
  }

  /** What there is, waiting for it; nothing when closed and all is written. */
  private Load take() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && changed.isEmpty() && !closed) {
        idle = true;
        news.await();
      }
      idle = false;
      long left = LINGER.toNanos();
      while (queue.size() < BATCH && !closed && left > 0) {
        left = news.awaitNanos(left);
      }
      var observations = new ArrayList<CheckObservation>();
      while (!queue.isEmpty() && observations.size() < BATCH) {
        observations.add(queue.removeFirst());
      }
      Map<String, CheckState> taken = changed;
      changed = new LinkedHashMap<>();
      return new Load(observations, taken);
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Load load) {
    locked(
        () -> {
          List<CheckObservation> observations = load.observations();
          int room = CAPACITY - queue.size();
          int lost = Math.max(0, observations.size() - room);
          dropped.increment(lost);
          observations.subList(lost, observations.size()).reversed().forEach(queue::addFirst);
          load.states().forEach(changed::putIfAbsent);
        });
  }

  /** Writes what is left, for at most five seconds. */
  @Override
  public void close() {
    locked(() -> closed = true);
    try {
      writer.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
  }
}

package io.tocsin.probe;

import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Results that were judged, on their way to everybody who hears of them, in their order. One that
 * changes a verdict goes at once, and so does one that comes alone; where many come they go
 * together, every ten milliseconds, so that readers are woken a hundred times a second and not
 * thousands of times. Called from several event loops.
 */
final class JudgedResults {

  /** How long a result that changes nothing may wait for others. */
  static final long PAUSE_MILLIS = 10;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);

  /**
   * One result as judged.
   *
   * @param changed the check's state when it is worth writing down
   */
  record Judged(
      CheckObservation observation, List<Reading> readings, Optional<CheckState> changed) {}

  private final Consumer<List<Judged>> readers;
  private final Consumer<Runnable> later;
  private final LongSupplier nanos;
  private final ReentrantLock passing = new ReentrantLock();
  private final Object gate = new Object();
  private List<Judged> waiting = new ArrayList<>();
  private boolean urgent;
  private boolean promised;
  private long lastNanos;

  /**
   * @param readers take some results, one call at a time
   * @param later runs something {@link #PAUSE_MILLIS} from now
   * @param nanos monotonic nanoseconds
   */
  JudgedResults(Consumer<List<Judged>> readers, Consumer<Runnable> later, LongSupplier nanos) {
    this.readers = readers;
    this.later = later;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong() - PAUSE_NANOS;
  }

  void add(Judged judged) {
    boolean promise;
    synchronized (gate) {
      waiting.add(judged);
      urgent |= judged.observation.changed();
      promise = !due() && !promised;
      promised |= promise;
    }
    if (promise) {
      later.accept(this::flush);
    }
    pass();
  }

  /** Passes on what waits now. */
  void flush() {
    synchronized (gate) {
      promised = false;
      urgent |= !waiting.isEmpty();
    }
    pass();
  }

  private boolean due() {
    return !waiting.isEmpty() && (urgent || nanos.getAsLong() - lastNanos >= PAUSE_NANOS);
  }

  /** Whoever finds the way taken leaves its results to the one who is on it. */
  private void pass() {
    while (anyDue() && passing.tryLock()) {
      try {
        readers.accept(take());
      } finally {
        passing.unlock();
      }
    }
  }

  private boolean anyDue() {
    synchronized (gate) {
      return due();
    }
  }

  private List<Judged> take() {
    synchronized (gate) {
      List<Judged> taken = waiting;
      waiting = new ArrayList<>();
      urgent = false;
      lastNanos = nanos.getAsLong();
      return taken;
    }
  }
}

package io.tocsin.postgres;

import io.tocsin.series.Admitted;
import io.tocsin.series.SeriesStore.AppendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the journal's writer: bounded, in order of arrival. Batches from outside and our
 * own have a bound each, so that neither shuts the other out.
 */
final class JournalQueue {

  /** A batch that waits; {@code observed} ones are in the store already and nobody awaits them. */
  record Waiting(
      Admitted batch, CompletableFuture<AppendResult> result, boolean observed, long sinceNanos) {}

  /** How long our own samples, which nobody awaits, wait for others to share their commit. */
  private static final long LINGER_MILLIS = 50;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int accepted;
  private int observed;
  private boolean woken;

  /**
   * @param most samples from outside, and as many of our own, that may wait
   */
  JournalQueue(int most) {
    this.most = most;
  }

  /** False when there is no room. A batch larger than all room is let in when nothing waits. */
  boolean offer(Waiting one) {
    lock.lock();
    try {
      int taken = one.observed ? observed : accepted;
      if (taken > 0 && taken + one.batch.size() > most) {
        return false;
      }
      count(one, 1);
      waiting.addLast(one);
      if (!one.observed || waiting.size() == 1) {
        filled.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts back what could not be written, before everything else; it had its place. */
  void putBack(List<Waiting> group) {
    lock.lock();
    try {
      for (Waiting one : group.reversed()) {
        count(one, 1);
        waiting.addFirst(one);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits, oldest first, up to about so many samples; empty when nothing came in time.
   */
  List<Waiting> take(int samples, long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (waiting.isEmpty() && !woken && left > 0) {
        left = filled.awaitNanos(left);
      }
      long linger = TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
      while (!woken && accepted == 0 && observed > 0 && observed < samples && linger > 0) {
        linger = filled.awaitNanos(linger);
      }
      woken = false;
      var group = new ArrayList<Waiting>();
      int size = 0;
      while (!waiting.isEmpty()
          && (group.isEmpty() || size + waiting.getFirst().batch.size() <= samples)) {
        Waiting one = waiting.removeFirst();
        count(one, -1);
        size += one.batch.size();
        group.add(one);
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out every batch that somebody awaits. */
  List<Waiting> takeAwaited() {
    lock.lock();
    try {
      List<Waiting> awaited = waiting.stream().filter(one -> !one.observed).toList();
      waiting.removeIf(one -> !one.observed);
      awaited.forEach(one -> count(one, -1));
      return awaited;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a {@link #take} that waits. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  private void count(Waiting one, int sign) {
    if (one.observed) {
      observed += sign * one.batch.size();
    } else {
      accepted += sign * one.batch.size();
    }
  }

  /** Samples that wait. */
  int samples() {
    lock.lock();
    try {
      return accepted + observed;
    } finally {
      lock.unlock();
    }
  }

  /** How long the oldest batch has waited, nanoseconds; 0 when none waits. */
  long oldestNanos() {
    lock.lock();
    try {
      return waiting.isEmpty() ? 0 : System.nanoTime() - waiting.getFirst().sinceNanos;
    } finally {
      lock.unlock();
    }
  }
}

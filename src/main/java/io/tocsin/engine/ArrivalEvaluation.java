package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates pointwise rules as samples arrive, within a budget: a share of one core over the last
 * second. What is beyond the budget, or finds the queue full, is left to the rules' interval and
 * counted.
 */
public final class ArrivalEvaluation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ArrivalEvaluation.class);

  /** A fifth of a core. */
  public static final double BUDGET = 0.2;

  static final int WAITING = 1_000;

  private final PointwiseReaders readers;
  private final Consumer<Evaluation> sink;
  private final double budget;
  private final LongSupplier nanoTime;
  private final BlockingQueue<SampleBatch> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong evaluated = new AtomicLong();
  private final AtomicLong leftToInterval = new AtomicLong();
  private final Thread thread;
  private volatile boolean running = true;
  private double credit;
  private long creditAt;

  /**
   * @param sink where evaluations go; never blocks
   * @param budget share of one core, 0 to 1
   * @param nanoTime as {@link System#nanoTime}
   */
  public ArrivalEvaluation(
      PointwiseReaders readers, Consumer<Evaluation> sink, double budget, LongSupplier nanoTime) {
    this.readers = readers;
    this.sink = sink;
    this.budget = budget;
    this.nanoTime = nanoTime;
    this.credit = budget * Duration.ofSeconds(1).toNanos();
    this.creditAt = nanoTime.getAsLong();
    this.thread = Thread.ofPlatform().name("arrival").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Samples that have just become readable. Never blocks. */
  public void arrived(SampleBatch batch) {
    if (!batch.isEmpty() && !queue.offer(batch)) {
      leftToInterval.incrementAndGet();
    }
  }

  /** Evaluations made. */
  public long evaluated() {
    return evaluated.get();
  }

  /** Batches that were left to the rules' interval. */
  public long leftToInterval() {
    return leftToInterval.get();
  }

  /** Batches that wait now. */
  public int waiting() {
    return queue.size();
  }

  private void run() {
    try {
      while (running) {
        SampleBatch batch = queue.poll(1, TimeUnit.SECONDS);
        if (batch != null) {
          take(batch);
        }
      }
    } catch (InterruptedException stopped) {
      log.debug("arrival evaluation interrupted");
    }
  }

  /** Evaluates one batch if the budget allows. */
  void take(SampleBatch batch) {
    long began = nanoTime.getAsLong();
    double full = budget * Duration.ofSeconds(1).toNanos();
    credit = Math.min(full, credit + (began - creditAt) * budget);
    creditAt = began;
    if (credit <= 0) {
      leftToInterval.incrementAndGet();
      return;
    }
    try {
      for (Evaluation evaluation : readers.evaluate(batch)) {
        evaluated.incrementAndGet();
        sink.accept(evaluation);
      }
    } catch (RuntimeException failed) {
      log.error("evaluation on arrival failed", failed);
    }
    credit -= nanoTime.getAsLong() - began;
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.interrupt();
    if (thread.isAlive()) {
      thread.join(Duration.ofSeconds(2));
    }
  }
}

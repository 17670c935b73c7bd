package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each rule group at its ticks on a bounded pool. A group whose last run is not done when its
 * next tick comes misses that tick, which is counted; so at most one run of a group waits.
 */
public final class RuleSchedule implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RuleSchedule.class);

  private final InstantSource clock;
  private final Consumer<Evaluation> sink;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("rule-ticks").daemon().factory());
  private final int threads;
  private final Map<String, ExecutorService> pools = new ConcurrentHashMap<>();
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /**
   * How one group fared.
   *
   * @param runs how often it ran
   * @param missed ticks at which its last run was not done
   * @param failed runs that threw
   * @param lag how late the last run began
   * @param took how long the last run took
   */
  public record GroupCounts(long runs, long missed, long failed, Duration lag, Duration took) {}

  /**
   * @param threads how many groups of one pool run at the same time
   * @param sink where evaluations go; never blocks
   */
  public RuleSchedule(int threads, InstantSource clock, Consumer<Evaluation> sink) {
    this.clock = clock;
    this.sink = sink;
    this.threads = threads;
  }

  /** From now on these groups and no others are run; a run under way ends by itself. */
  public synchronized void replace(List<ScheduledGroup> groups) {
    slots.values().forEach(slot -> slot.live = false);
    slots.clear();
    closePoolsExcept(groups.stream().map(ScheduledGroup::pool).collect(Collectors.toSet()));
    for (ScheduledGroup group : groups) {
      var slot = new Slot(group);
      slots.put(group.name(), slot);
      plan(slot, clock.instant());
    }
  }

  /** How each group fared, by name. */
  public Map<String, GroupCounts> counts() {
    var counts = new HashMap<String, GroupCounts>();
    slots.forEach((name, slot) -> counts.put(name, slot.counts()));
    return counts;
  }

  /** How long the last run of a group took; no time when there was none. */
  public Duration took(String name) {
    Slot slot = slots.get(name);
    return slot == null ? Duration.ZERO : slot.took;
  }

  private void plan(Slot slot, Instant after) {
    Instant tick = slot.group.tickAfter(after);
    long delay = Math.max(0, Duration.between(clock.instant(), tick).toMillis());
    if (!timer.isShutdown()) {
      timer.schedule(() -> tick(slot, tick), delay, TimeUnit.MILLISECONDS);
    }
  }

  private void tick(Slot slot, Instant tick) {
    if (!slot.live) {
      return;
    }
    if (slot.busy.compareAndSet(false, true)) {
      start(slot, tick);
    } else {
      slot.missed.incrementAndGet();
    }
    // After a pause of the whole machine the ticks that lie behind are missed, not made up for.
    Instant now = clock.instant();
    long behind = Math.max(0, Duration.between(tick, now).dividedBy(slot.group.interval()));
    slot.missed.addAndGet(behind);
    plan(slot, now.isAfter(tick) ? now : tick);
  }

  private void start(Slot slot, Instant tick) {
    try {
      workers(slot.group.pool()).execute(() -> run(slot, tick));
    } catch (RejectedExecutionException closing) {
      slot.busy.set(false);
    }
  }

  private ExecutorService workers(String pool) {
    String name = pool.isEmpty() ? "rules-" : "rules-" + pool + "-";
    return pools.computeIfAbsent(
        pool,
        key ->
            Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name, 0).daemon().factory()));
  }

  private void closePoolsExcept(Set<String> wanted) {
    pools.forEach(
        (pool, workers) -> {
          if (!wanted.contains(pool) && pools.remove(pool, workers)) {
            workers.shutdown();
          }
        });
  }

  private void run(Slot slot, Instant tick) {
    Instant began = clock.instant();
    long from = System.nanoTime();
    try {
      slot.lag = Duration.between(tick, began);
      if (slot.live) {
        slot.group.runner().run(tick).forEach(sink);
      }
    } catch (RuntimeException failed) {
      slot.failed.incrementAndGet();
      log.error("rule group {} failed", slot.group.name(), failed);
    } finally {
      slot.took = Duration.ofNanos(System.nanoTime() - from);
      slot.runs.incrementAndGet();
      slot.busy.set(false);
    }
  }

  private static final class Slot {
    private final ScheduledGroup group;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile Duration lag = Duration.ZERO;
    private volatile Duration took = Duration.ZERO;
    private volatile boolean live = true;

    Slot(ScheduledGroup group) {
      this.group = group;
    }

    GroupCounts counts() {
      return new GroupCounts(runs.get(), missed.get(), failed.get(), lag, took);
    }
  }

  /** Stops the ticks and waits for runs under way, at most four seconds. */
  @Override
  public void close() throws InterruptedException {
    timer.shutdownNow();
    pools.values().forEach(ExecutorService::shutdown);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    for (ExecutorService workers : pools.values()) {
      if (!workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        workers.shutdownNow();
      }
    }
  }
}

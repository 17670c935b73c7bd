package io.tocsin.probe;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When what is due. Each item has its own place in its interval, given by a hash of its name and
 * counted from the epoch, so that many items spread evenly and a restart changes nothing; the first
 * run comes soon for all that, each at its own place in the time allowed for it. Times are
 * monotonic nanoseconds. Confined to one thread.
 */
@SuppressWarnings("ReferenceEquality") // an item is itself
final class ProbeSchedule<T> {

  /** How soon after it was added an item first runs, at the latest. */
  static final Duration FIRST_WITHIN = Duration.ofSeconds(2);

  private static final int FIRST_PER_SECOND = 350;
  private static final Duration LONGEST_START = Duration.ofSeconds(20);

  /**
   * An item whose time has come.
   *
   * @param atNanos when it was to run
   */
  record Due<T>(T item, long atNanos) {}

  private record Slot<T>(T item, long phase, long interval, long atNanos) {}

  private final PriorityQueue<Slot<T>> slots =
      new PriorityQueue<>((a, b) -> Long.signum(a.atNanos() - b.atNanos()));

  /** Monotonic time of the epoch, so that phases count from there. */
  private final long epochNanos;

  /**
   * @param epochMillis the time of day, milliseconds since the epoch
   * @param nowNanos the same moment in monotonic nanoseconds
   */
  ProbeSchedule(long epochMillis, long nowNanos) {
    this.epochNanos = nowNanos - epochMillis * 1_000_000;
  }

  /**
   * The time in which many items begin after a start, when our own code is not compiled yet and a
   * run costs ten times what it will.
   */
  static Duration gently(int items) {
    Duration start = Duration.ofSeconds(items).dividedBy(FIRST_PER_SECOND);
    return start.compareTo(FIRST_WITHIN) < 0
        ? FIRST_WITHIN
        : start.compareTo(LONGEST_START) < 0 ? start : LONGEST_START;
  }

  /**
   * Adds an item.
   *
   * @param within the time in which all that is added now first runs: few at its beginning, more
   *     and more towards its end
   */
  void add(String name, Duration every, T item, long nowNanos, Duration within) {
    long interval = every.toNanos();
    long hash = spread(Labels.of(Labels.NAME, name).fingerprint());
    long phase = Math.floorMod(hash, interval);
    double place = Math.sqrt((hash >>> 11) * 0x1p-53);
    long span = within.toNanos();
    if (within.compareTo(FIRST_WITHIN) <= 0) {
      span = Math.min(span, interval);
    }
    long first = nowNanos + (long) (place * span);
    slots.add(new Slot<>(item, phase, interval, first));
  }

  /** The next item due by now, which is then due again; empty when there is none. */
  Optional<Due<T>> poll(long nowNanos) {
    Slot<T> slot = slots.peek();
    if (slot == null || slot.atNanos() - nowNanos > 0) {
      return Optional.empty();
    }
    slots.poll();
    slots.add(new Slot<>(slot.item(), slot.phase(), slot.interval(), next(slot, nowNanos)));
    return Optional.of(new Due<>(slot.item(), slot.atNanos()));
  }

  /** Half an interval after this run or later, and not in the past. */
  private long next(Slot<T> slot, long nowNanos) {
    long after = Math.max(slot.atNanos() + slot.interval() / 2, nowNanos);
    long intoInterval = Math.floorMod(after - epochNanos - slot.phase(), slot.interval());
    return after + slot.interval() - intoInterval;
  }

  /** Nanoseconds until the next item is due, 0 when one is; empty when nothing is scheduled. */
  Optional<Long> untilNext(long nowNanos) {
    return Optional.ofNullable(slots.peek()).map(slot -> Math.max(0, slot.atNanos() - nowNanos));
  }

  /** Runs an item no more. */
  void remove(T item) {
    slots.removeIf(slot -> slot.item() == item);
  }

  void clear() {
    slots.clear();
  }

  /**
   * Spreads the bits of a hash: the finalizer of SplitMix64.
   *
   * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele et al., Fast splittable
   *     pseudorandom number generators</a>
   */
  private static long spread(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

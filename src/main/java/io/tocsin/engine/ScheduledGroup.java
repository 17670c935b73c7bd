package io.tocsin.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A rule group on its interval. Its ticks are shifted by a hash of its name, so that groups of the
 * same interval do not all run at once, and are the same after every restart.
 *
 * @param name unique among the groups
 * @param interval from tick to tick
 * @param pool whose threads run it; groups of one pool never wait for those of another
 * @param runner what is run
 */
public record ScheduledGroup(String name, Duration interval, String pool, GroupRunner runner) {

  /** The pool of groups that are evaluated here. */
  public static final String HERE = "";

  /** A group that is evaluated here. */
  public ScheduledGroup(String name, Duration interval, GroupRunner runner) {
    this(name, interval, HERE, runner);
  }

  /**
   * @throws IllegalArgumentException when the interval is shorter than a millisecond
   */
  public ScheduledGroup {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "group " + name + ": interval: found " + interval + ", expected at least 1ms");
    }
  }

  /** The first tick after an instant. */
  Instant tickAfter(Instant instant) {
    long period = interval.toMillis();
    long offset = Math.floorMod(name.hashCode() * 0x9E3779B97F4A7C15L >>> 20, period);
    long since = instant.toEpochMilli() - offset;
    return Instant.ofEpochMilli(Math.floorDiv(since, period) * period + period + offset);
  }
}

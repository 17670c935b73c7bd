package io.tocsin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of the machine, but never backwards: where its clock is set back, this one goes on a
 * little slower (by a hundredth) until the other has come up to it. So evaluations, escalations and
 * clocks of incidents see no jump, and nothing rings twice. Forward jumps are followed at once, and
 * so is one back by more than a quarter of an hour: then the time before it was wrong.
 */
final class SteadyClock implements InstantSource {

  /** Of every second that the machine counts, so much is held back while we are ahead. */
  private static final int HELD_BACK = 100;

  private static final Duration FARTHEST_AHEAD = Duration.ofMinutes(15);

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private Instant last;
  private long lastNanos;

  SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.last = wall.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long nanos = nanoTime.getAsLong();
    Instant told = wall.instant();
    if (told.isBefore(last) && told.plus(FARTHEST_AHEAD).isAfter(last)) {
      long elapsed = Math.max(0, nanos - lastNanos);
      Instant steady = last.plus(Duration.ofNanos(elapsed - elapsed / HELD_BACK));
      told = steady;
    }
    last = told;
    lastNanos = nanos;
    return told;
  }
}

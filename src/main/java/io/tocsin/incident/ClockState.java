package io.tocsin.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One running or stopped clock of one incident.
 *
 * @param clock which
 * @param startedAt from when the target counts
 * @param deadline when it breaches
 * @param metAt when it was met; empty while it runs
 * @param warned whether the warning before the deadline was given
 * @param breachedAt when it breached; stays, also when met later
 */
public record ClockState(
    Clock clock,
    Instant startedAt,
    Instant deadline,
    Optional<Instant> metAt,
    boolean warned,
    Optional<Instant> breachedAt) {

  public boolean running() {
    return metAt.isEmpty();
  }

  /** Time left before the deadline, negative after it. */
  public Duration left(Instant now) {
    return Duration.between(now, deadline);
  }

  /** Share of the target used up, 0 at the start, 1 at the deadline. */
  public double used(Instant now) {
    double target = Duration.between(startedAt, deadline).toMillis();
    return target <= 0 ? 1 : Duration.between(startedAt, now).toMillis() / target;
  }
}

package io.tocsin.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One running, paused or stopped clock of one incident.
 *
 * @param clock which
 * @param startedAt from when the target counts
 * @param deadline when it breaches, moved by every pause that ended
 * @param metAt when it was met; empty while it runs
 * @param warned whether the warning before the deadline was given
 * @param breachedAt when it breached; stays, also when met later
 * @param pausedAt since when it stands still; empty while it does not
 * @param paused how long it stood still in pauses that ended
 * @param remindedAt when people were last reminded of what is overdue
 */
public record ClockState(
    Clock clock,
    Instant startedAt,
    Instant deadline,
    Optional<Instant> metAt,
    boolean warned,
    Optional<Instant> breachedAt,
    Optional<Instant> pausedAt,
    Duration paused,
    Optional<Instant> remindedAt) {

  public ClockState {
    // What was kept by an older version knows nothing of these.
    pausedAt = Objects.requireNonNullElse(pausedAt, Optional.empty());
    paused = Objects.requireNonNullElse(paused, Duration.ZERO);
    remindedAt = Objects.requireNonNullElse(remindedAt, Optional.empty());
  }

  /** One that never paused. */
  public ClockState(
      Clock clock,
      Instant startedAt,
      Instant deadline,
      Optional<Instant> metAt,
      boolean warned,
      Optional<Instant> breachedAt) {
    this(
        clock,
        startedAt,
        deadline,
        metAt,
        warned,
        breachedAt,
        Optional.empty(),
        Duration.ZERO,
        Optional.empty());
  }

  /** Whether it can be made to stand still: it runs and has not missed its target. */
  public boolean pausable() {
    return running() && breachedAt.isEmpty() && pausedAt.isEmpty();
  }

  /** Whether it is still owed, also while it stands still. */
  public boolean running() {
    return metAt.isEmpty();
  }

  /** Time left before the deadline, negative after it; does not change while it stands still. */
  public Duration left(Instant now) {
    return Duration.between(pausedAt.orElse(now), deadline);
  }

  /** Share of the target used up, 0 at the start, 1 at the deadline; pauses do not count. */
  public double used(Instant now) {
    double target = Duration.between(startedAt, deadline).minus(paused).toMillis();
    Duration worked = Duration.between(startedAt, pausedAt.orElse(now)).minus(paused);
    return target <= 0 ? 1 : worked.toMillis() / target;
  }

  ClockState met(Instant at) {
    return new ClockState(
        clock,
        startedAt,
        deadline,
        Optional.of(at),
        warned,
        breachedAt,
        Optional.empty(),
        paused,
        remindedAt);
  }

  /** Owed again by the deadline it had. */
  ClockState unmet() {
    return new ClockState(
        clock,
        startedAt,
        deadline,
        Optional.empty(),
        warned,
        breachedAt,
        pausedAt,
        paused,
        remindedAt);
  }

  ClockState told() {
    return new ClockState(
        clock, startedAt, deadline, metAt, true, breachedAt, pausedAt, paused, remindedAt);
  }

  ClockState breached(Instant at) {
    return new ClockState(
        clock, startedAt, deadline, metAt, true, Optional.of(at), pausedAt, paused, remindedAt);
  }

  ClockState reminded(Instant at) {
    return new ClockState(
        clock, startedAt, deadline, metAt, warned, breachedAt, pausedAt, paused, Optional.of(at));
  }

  ClockState paused(Instant at) {
    return new ClockState(
        clock, startedAt, deadline, metAt, warned, breachedAt, Optional.of(at), paused, remindedAt);
  }

  /** Runs again after a pause of so long, towards another deadline. */
  ClockState resumed(Duration stood, Instant another) {
    return new ClockState(
        clock,
        startedAt,
        another,
        metAt,
        warned,
        breachedAt,
        Optional.empty(),
        paused.plus(stood),
        remindedAt);
  }
}

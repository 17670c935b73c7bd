package io.tocsin.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The consecutive failures that made a check DOWN, found again in its history. */
public final class FailureStreak {

  /** A store may keep times less exactly than they were told. */
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private FailureStreak() {}

  /**
   * When the first run of the streak began that the run at {@code decided} ended; unknown results
   * move no streak and are passed over. Empty when that run is not there or did not fail.
   *
   * @param history observations of one check, oldest first
   */
  public static Optional<Instant> start(List<CheckObservation> history, Instant decided) {
    Optional<Instant> start = Optional.empty();
    for (CheckObservation observation : history.reversed()) {
      CheckResult result = observation.result();
      if (result.at().isAfter(decided.plus(ROUNDING)) || result.outcome() == Outcome.UNKNOWN) {
        continue;
      }
      if (start.isEmpty() && result.at().isBefore(decided.minus(ROUNDING))) {
        return start;
      }
      if (result.outcome() != Outcome.FAILURE) {
        return start;
      }
      start = Optional.of(result.at());
    }
    return start;
  }
}

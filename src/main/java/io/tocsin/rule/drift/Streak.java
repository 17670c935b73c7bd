package io.tocsin.rule.drift;

import java.time.Instant;
import java.util.Optional;

/**
 * How long one row has been breaching, in windows of which none overlaps another.
 *
 * @param warnings windows in a row at least at the warning level
 * @param criticals windows in a row at the critical level
 * @param counted end of the last window counted
 * @param since end of the first of them
 * @param firing the level it has an alert at
 */
public record Streak(
    int warnings, int criticals, Instant counted, Instant since, Optional<Level> firing) {

  /** The first window of what may become a streak. */
  static Streak begun(Level level, Instant at) {
    return new Streak(1, level == Level.CRITICAL ? 1 : 0, at, at, Optional.empty());
  }

  /** With one window more. */
  Streak plus(Level level, Instant at) {
    return new Streak(warnings + 1, level == Level.CRITICAL ? criticals + 1 : 0, at, since, firing);
  }

  Streak at(Optional<Level> level) {
    return new Streak(warnings, criticals, counted, since, level);
  }

  /** The level that enough windows in a row have reached. */
  Optional<Level> confirmed(int evaluations) {
    if (criticals >= evaluations) {
      return Optional.of(Level.CRITICAL);
    }
    return warnings >= evaluations ? Optional.of(Level.WARNING) : Optional.empty();
  }
}

package io.tocsin.rule.drift;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule has to remember of one target between evaluations; survives a restart.
 *
 * @param streaks by row
 * @param endedAt when its last alert ended
 * @param evaluatedAt the newest evaluation
 * @param cursor of a stream: the last error taken in
 * @param driftedAt of a stream: when its last drift was seen
 * @param improved rows told as improved, so that they are told once
 */
public record Standing(
    Map<String, Streak> streaks,
    Optional<Instant> endedAt,
    Optional<Instant> evaluatedAt,
    long cursor,
    Optional<Instant> driftedAt,
    List<String> improved) {

  public static final Standing NEW =
      new Standing(Map.of(), Optional.empty(), Optional.empty(), -1, Optional.empty(), List.of());

  public Standing {
    streaks = Map.copyOf(streaks);
    improved = List.copyOf(improved);
  }

  /** The worst level it has an alert at. */
  public Optional<Level> firing() {
    return streaks.values().stream()
        .flatMap(streak -> streak.firing().stream())
        .max(Level::compareTo);
  }

  Standing stream(long newest, Optional<Instant> drift) {
    return new Standing(streaks, endedAt, evaluatedAt, newest, drift, improved);
  }
}

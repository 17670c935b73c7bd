package io.tocsin.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Results and policies for tests: one run a minute from a fixed instant. */
public final class Results {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Results() {}

  public static Instant minute(int n) {
    return START.plus(Duration.ofMinutes(n));
  }

  public static CheckResult result(String check, int minute, Outcome outcome) {
    Optional<Cause> cause =
        switch (outcome) {
          case SUCCESS -> Optional.empty();
          case DEGRADED, FAILURE -> Optional.of(Cause.target("status 503, expected 200"));
          case UNKNOWN -> Optional.of(Cause.ourselves("no file handles left"));
        };
    return new CheckResult(
        check,
        "Web app",
        minute(minute),
        0.0125,
        outcome,
        cause,
        "status 503",
        Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
        OptionalInt.of(503));
  }

  /** A policy of 3 failures down, 2 successes up. */
  public static CheckPolicy policy(String name, String... dependsOn) {
    return policy(name, 3, 2, Optional.empty(), List.of(dependsOn));
  }

  public static CheckPolicy guarded(String name, String guard) {
    return policy(name, 1, 1, Optional.of(guard), List.of());
  }

  public static CheckPolicy policy(
      String name, int downAfter, int upAfter, Optional<String> guard, List<String> dependsOn) {
    return new CheckPolicy(
        name,
        "Web app",
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        downAfter,
        upAfter,
        dependsOn,
        "critical",
        guard);
  }
}

package io.tocsin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FailureStreakTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  /** One run a minute: S succeeded, D degraded, F failed, U unknown. */
  private static List<CheckObservation> history(String outcomes) {
    var history = new ArrayList<CheckObservation>();
    for (int i = 0; i < outcomes.length(); i++) {
      Outcome outcome =
          switch (outcomes.charAt(i)) {
            case 'S' -> Outcome.SUCCESS;
            case 'D' -> Outcome.DEGRADED;
            case 'F' -> Outcome.FAILURE;
            default -> Outcome.UNKNOWN;
          };
      Optional<Cause> cause =
          outcome == Outcome.SUCCESS ? Optional.empty() : Optional.of(Cause.target("it"));
      history.add(
          new CheckObservation(
              new CheckResult(
                  "web",
                  "Web",
                  at(i),
                  0.1,
                  outcome,
                  cause,
                  "",
                  Optional.empty(),
                  OptionalInt.empty()),
              Verdict.UP,
              Verdict.UP));
    }
    return history;
  }

  private static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }

  @Test
  void beginsAfterTheLastAnswer() {
    assertThat(FailureStreak.start(history("FSSFFF"), at(5))).contains(at(3));
    assertThat(FailureStreak.start(history("FDFFFSS"), at(4))).contains(at(2));
  }

  @Test
  void passesOverWhatIsUnknown() {
    assertThat(FailureStreak.start(history("SFUUFF"), at(5))).contains(at(1));
    assertThat(FailureStreak.start(history("SUF"), at(2))).contains(at(2));
  }

  @Test
  void isNotThereWhenTheDecidingRunDidNotFail() {
    assertThat(FailureStreak.start(history("FFS"), at(2))).isEmpty();
    assertThat(FailureStreak.start(List.of(), at(2))).isEmpty();
    assertThat(FailureStreak.start(history("FF"), at(2))).isEmpty();
  }
}

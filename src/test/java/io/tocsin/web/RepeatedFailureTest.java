package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RepeatedFailureTest {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final List<CheckObservation> runs = new ArrayList<>();

  private void ran(Outcome outcome, String words, double seconds) {
    var cause =
        outcome == Outcome.SUCCESS
            ? Optional.<Cause>empty()
            : Optional.of(new Cause(Cause.Side.TARGET, words));
    Instant at = START.plusSeconds(runs.size());
    runs.add(
        new CheckObservation(
            new CheckResult(
                "shop",
                "Shop",
                at,
                seconds,
                outcome,
                cause,
                words,
                Optional.empty(),
                OptionalInt.of(503)),
            Verdict.UP,
            Verdict.UP));
  }

  @Test
  void equalFailuresAreOneLineWithTheirNumberAndTheirFirstAndLastTime() {
    ran(Outcome.FAILURE, "status 503", 0.002);
    ran(Outcome.SUCCESS, "", 0.1);
    ran(Outcome.FAILURE, "status 503", 0.012);
    ran(Outcome.FAILURE, "status 503", 0.0015);
    ran(Outcome.FAILURE, "connection refused", 0.001);
    List<RepeatedFailure> lines = RepeatedFailure.newest(runs, 20);
    assertThat(lines).extracting(RepeatedFailure::times).containsExactly(1, 3);
    RepeatedFailure folded = lines.get(1);
    assertThat(folded.first()).isEqualTo(START);
    assertThat(folded.latest().at()).isEqualTo(START.plusSeconds(3));
    assertThat(folded.took()).isEqualTo("1.5 to 12");
    assertThat(folded.cause()).isEqualTo("target: status 503");
  }

  @Test
  void whatTheCauseSaysIsNotSaidAgain() {
    ran(Outcome.FAILURE, "status 503", 0.002);
    assertThat(RepeatedFailure.newest(runs, 20).getFirst().found()).isEmpty();
  }

  @Test
  void noMoreLinesThanAskedForAndAFailureOfAnotherKindPartsThem() {
    for (int i = 0; i < 6; i++) {
      ran(Outcome.FAILURE, i % 2 == 0 ? "status 503" : "status 500", 0.002);
    }
    assertThat(RepeatedFailure.newest(runs, 4))
        .extracting(line -> line.latest().detail())
        .containsExactly("status 500", "status 503", "status 500", "status 503");
  }
}

package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import io.tocsin.series.SampleBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CheckSamplesTest {

  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  private final CheckSamples samples =
      new CheckSamples(
          ProbeHarness.check("component: Web app\nhttp: {url: 'http://127.0.0.1/'}").policy());

  @Test
  void phasesAreWrittenEveryFifteenSecondsHoweverOftenTheCheckRuns() {
    List<Long> written =
        java.util.stream.LongStream.rangeClosed(0, 45)
            .filter(second -> added(second) == 5)
            .boxed()
            .toList();

    assertThat(written).containsExactly(0L, 15L, 30L, 45L);
  }

  private int added(long second) {
    var batch = SampleBatch.builder();
    var phases = new HttpPhases();
    phases.from(0);
    phases.end(HttpPhases.Phase.CONNECT, 1_000_000);
    samples.addTo(batch, observation(START.plusSeconds(second)), phases.readings());
    return batch.build().size();
  }

  private static CheckObservation observation(Instant at) {
    var result =
        new CheckResult(
            "it",
            "Web app",
            at,
            0.01,
            Outcome.SUCCESS,
            Optional.empty(),
            "fine",
            Optional.empty(),
            OptionalInt.empty());
    return new CheckObservation(result, Verdict.UP, Verdict.UP);
  }
}

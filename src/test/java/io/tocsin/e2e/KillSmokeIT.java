package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bench.KillBench;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of the kill loop; the long one is a named command. */
class KillSmokeIT {

  @TempDir private Path folder;

  @Test
  void killMinusNineUnderLoadLosesNothingAcknowledged() throws Exception {
    KillBench.Outcome outcome = new KillBench().run(1, folder, 2_000);

    assertThat(outcome.samples()).isPositive();
    assertThat(outcome.events()).isPositive();
    assertThat(outcome.clean()).as(outcome.toString()).isTrue();
  }
}

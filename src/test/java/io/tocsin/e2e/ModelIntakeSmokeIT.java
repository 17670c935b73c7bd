package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bench.ModelIntakeBench;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the bench of models' intake; the long one is a named command. */
class ModelIntakeSmokeIT {

  @TempDir private Path folder;

  @Test
  void predictionsInAHeapOf256MegabytesAreThereAfterKillMinusNine() throws Exception {
    ModelIntakeBench.Outcome outcome = ModelIntakeBench.run(folder, 4, 5_000, 500, "256m");

    assertThat(outcome.acknowledged()).isGreaterThan(2_000);
    assertThat(outcome.found())
        .as(outcome.toString())
        .isGreaterThanOrEqualTo(outcome.acknowledged());
  }
}

package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bench.IngestBench;
import org.junit.jupiter.api.Test;

/** The ingest bench in small: everything that it sends lies on disk in the end, and small. */
class IngestSmokeIT {

  @Test
  void twoHoursOfAFleetLieOnDiskInAFewBytesASample() throws Exception {
    assertThat(IngestBench.bytesPerSample(500)).isBetween(0.5, 2.5);
  }
}

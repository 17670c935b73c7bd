package io.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.series.SampleBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the tests of all formats share. */
final class Intakes {
  static final long NOW = 1_700_000_000_000L;

  private Intakes() {}

  static Format.Intake fresh() {
    return with(IngestLimits.DEFAULT);
  }

  static Format.Intake with(IngestLimits limits) {
    return new Format.Intake(limits, new SeenSeries(1024), NOW);
  }

  /** Small limits: 3 samples, 3 labels, names of 8, values of 10, bodies of 400 and 1000 bytes. */
  static IngestLimits small() {
    return new IngestLimits(400, 1000, 3, 3, 8, 10, Duration.ofHours(1));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static void assertRefused(Format format, byte[] body, Format.Intake intake, String reason) {
    assertThatThrownBy(() -> format.decode(body, intake))
        .isInstanceOf(MalformedInput.class)
        .hasMessageContaining(reason);
  }

  /** Samples as {@code labels value @timestamp}. */
  static List<String> shown(SampleBatch batch) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < batch.size(); i++) {
      lines.add(batch.labels(i) + " " + batch.value(i) + " @" + batch.timestamp(i));
    }
    return lines;
  }
}

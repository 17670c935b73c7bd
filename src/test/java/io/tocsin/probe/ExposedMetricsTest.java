package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.check.InMemoryCheckResultStore;
import io.tocsin.check.InMemoryCheckStateStore;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What we expose of ourselves, judged by Prometheus' own linter where it is installed. */
class ExposedMetricsTest {

  @Test
  void promtoolFindsNothingToSayAboutOurMetrics() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(promtool), "promtool is not installed");
    try (var telemetry = new Telemetry()) {
      for (Meter meter : Meter.values()) {
        String[] values = meter.labels().toArray(String[]::new);
        switch (meter.kind()) {
          case COUNTER -> telemetry.count(meter, values);
          case GAUGE -> telemetry.gauge(meter, () -> 1, values);
          case TIMER -> telemetry.record(meter, Duration.ofMillis(3), values);
        }
      }
      new ProbeMeters(telemetry.registry()).started(1);
      new CheckLog(
              new InMemoryCheckResultStore(1), new InMemoryCheckStateStore(), telemetry.registry())
          .close();

      assertThat(judged(promtool, telemetry.scrape())).isEmpty();
      assertThat(telemetry.scrape()).containsPattern("\nprocess_cpu_seconds_total [0-9.]+\n");
    }
  }

  private static List<String> judged(Path promtool, String metrics)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (var in = process.getOutputStream()) {
      in.write(metrics.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }
}

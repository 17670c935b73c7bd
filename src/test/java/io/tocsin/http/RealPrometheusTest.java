package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.Eventually;
import io.tocsin.access.AccessPolicy;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.label.Labels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, where one is installed, scrapes our metrics and writes them back to us. */
class RealPrometheusTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

  private static final class LastValues implements Journal {
    private final Map<Labels, Double> values = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<AppendResult> accept(SampleBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        values.put(batch.labels(i), batch.value(i));
      }
      return CompletableFuture.completedFuture(new AppendResult(batch.size(), 0));
    }

    @Override
    public void observe(SampleBatch batch) {}
  }

  @Test
  @Timeout(90)
  void aRealPrometheusScrapesUsAndWritesToUs(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "no Prometheus is installed at " + PROMETHEUS);
    var journal = new LastValues();
    var metadata = new MetricMetadata();
    try (var telemetry = new Telemetry();
        var ops = new OpsFixture(AccessPolicy.OPEN)) {
      telemetry.add(Meter.SAMPLES, 7, "proof");
      ops.start(
          new MetricsRoutes(telemetry, ops.blocking),
          new RemoteWriteRoutes(
              new SampleIntake(
                  journal,
                  metadata,
                  OtlpSettings.usual(),
                  IngestLimits.DEFAULT,
                  ops.blocking,
                  telemetry,
                  InstantSource.system())));
      Process prometheus = start(folder, ops.port());
      try {
        var us = Map.of("job", "tocsin", "instance", "127.0.0.1:" + ops.port());
        Eventually.eventually(
            Duration.ofSeconds(60),
            () -> {
              assertThat(journal.values)
                  .containsEntry(Labels.from(us).with(Labels.NAME, "up"), 1.0)
                  .containsEntry(
                      Labels.from(us)
                          .with(Labels.NAME, "tocsin_samples_total")
                          .with("format", "proof"),
                      7.0);
              assertThat(metadata.of("tocsin_samples_total"))
                  .singleElement()
                  .satisfies(said -> assertThat(said.type()).isEqualTo("counter"));
            });
      } finally {
        prometheus.destroy();
        prometheus.waitFor(10, TimeUnit.SECONDS);
      }
    }
  }

  private static Process start(Path folder, int port) throws Exception {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: tocsin
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        remote_write:
          - url: http://127.0.0.1:%d/prometheus/api/v1/write
            queue_config: {batch_send_deadline: 500ms}
            metadata_config: {send_interval: 1s}
        """
            .formatted(port, port));
    int own;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      own = free.getLocalPort();
    }
    return new ProcessBuilder(
            PROMETHEUS.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + own,
            "--log.level=warn")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }
}

package io.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.Eventually;
import io.tocsin.promql.Parser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real Prometheus that watches itself; skipped where it is not installed. */
class RealPrometheusTest {
  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

  @TempDir static Path folder;

  private static Process process;
  private static RemoteQueries queries;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "prometheus is not installed");
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: self
                static_configs: [{ targets: ['127.0.0.1:%d'] }]
            """
                .formatted(port));
    process =
        new ProcessBuilder(
                PROMETHEUS.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    queries =
        new RemoteQueries(
            new SourceSpec(
                "real",
                URI.create("http://127.0.0.1:" + port),
                Map.of(),
                Duration.ofSeconds(5),
                SourceTls.PLAIN));
    Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(up()).isEqualTo(1));
  }

  private static int up() {
    try {
      return queries
          .ask(Parser.parse("count_over_time(up[1m]) >= 3"), System.currentTimeMillis())
          .samples()
          .size();
    } catch (RuntimeException notYet) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (process != null) {
      queries.close();
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Our own notation of an expression must be Prometheus'. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "up == 1",
        "sum by (job) (rate(prometheus_http_requests_total{code=~\"2..\"}[1m])) >= 0",
        "histogram_quantile(0.99, rate(prometheus_http_request_duration_seconds_bucket[5m])) >= -1"
            + " or vector(1)",
        "max_over_time(up[1m:1s] offset 0s) unless on(nosuch) absent(up)",
        "1 + 1",
        "label_replace(up, \"a\", \"$1\", \"job\", \"(.*)\") * on(job) group_left() up",
      })
  void answersOurExpressions(String expression) {
    assertThat(queries.ask(Parser.parse(expression), System.currentTimeMillis()).samples())
        .isNotEmpty();
  }

  @Test
  void tellsNothingWrongFromNoData() {
    long now = System.currentTimeMillis();
    assertThat(queries.ask(Parser.parse("up == 0"), now).metNothing()).isFalse();
    assertThat(queries.ask(Parser.parse("nosuch == 0"), now).metNothing()).isTrue();
  }
}

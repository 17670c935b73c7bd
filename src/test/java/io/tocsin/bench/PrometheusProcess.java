package io.tocsin.bench;

import static io.tocsin.Eventually.eventually;

import io.tocsin.e2e.TocsinProcess;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A Prometheus that takes remote write, in a folder of its own, to measure beside ours. */
final class PrometheusProcess implements AutoCloseable {
  private final Process process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private PrometheusProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Whether the program is there. */
  static boolean installed() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
  }

  static PrometheusProcess start(Path folder) throws Exception {
    Files.writeString(folder.resolve("prometheus.yml"), "global: { scrape_interval: 1h }\n");
    int port = TocsinProcess.freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--web.enable-admin-api",
                "--log.level=error")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    var started = new PrometheusProcess(process, URI.create("http://127.0.0.1:" + port));
    eventually(
        Duration.ofSeconds(60),
        () -> {
          if (started.ask("GET", "/-/ready").statusCode() != 200) {
            throw new IllegalStateException("not ready");
          }
        });
    return started;
  }

  URI write() {
    return address.resolve("/api/v1/write");
  }

  /** Writes what is in memory as a block below {@code data/snapshots}. */
  void snapshot() throws Exception {
    HttpResponse<String> answer = ask("POST", "/api/v1/admin/tsdb/snapshot");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofMinutes(2))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    http.close();
  }
}

package io.tocsin.promql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Prometheus as the operating system's packages have it, over samples given as OpenMetrics text:
 * the referee for our own engine. Runs on loopback with its data in a folder of the caller's.
 */
public final class RealPrometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private RealPrometheus(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** The programs it takes, when they are installed. */
  public static Optional<String> missing() {
    for (String program : List.of("prometheus", "promtool")) {
      boolean found =
          List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      if (!found) {
        return Optional.of(program + " is not installed");
      }
    }
    return Optional.empty();
  }

  /** Starts one over the samples. */
  public static RealPrometheus over(String openMetrics, Path folder) throws Exception {
    return over(openMetrics, "global: { scrape_interval: 1h }\n", folder);
  }

  /** Starts one over the samples with a configuration. */
  public static RealPrometheus over(String openMetrics, String configuration, Path folder)
      throws Exception {
    Path text = folder.resolve("samples.om");
    Files.writeString(text, openMetrics);
    String data = folder.resolve("data").toString();
    run("promtool", "tsdb", "create-blocks-from", "openmetrics", text.toString(), data);
    return configured(configuration, folder);
  }

  /** Starts one with a configuration, over what is in the folder already. */
  public static RealPrometheus configured(String configuration, Path folder) throws Exception {
    Path data = folder.resolve("data");
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, configuration);
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    var started = new RealPrometheus(process, URI.create("http://127.0.0.1:" + port));
    Eventually.eventually(
        PATIENCE,
        () -> {
          if (started.get("/-/ready").statusCode() != 200) {
            throw new IllegalStateException("not ready");
          }
        });
    return started;
  }

  private static void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What it answers at a path. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The bytes it answers at a path to one who accepts a media type. */
  public byte[] get(String path, String accepted) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Accept", accepted)
            .timeout(PATIENCE)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  /** The answer to a query of its API: the whole envelope. */
  public JsonNode ask(String operation, Map<String, String> parameters) throws Exception {
    String form =
        parameters.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return json.readTree(get("/api/v1/" + operation + "?" + form).body());
  }

  /** CPU seconds it has used, in user and system mode. */
  public double processorSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

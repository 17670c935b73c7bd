package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who watches the watchman: a real Prometheus and a real Alertmanager with our shipped files, their
 * waits shortened, beside a whole service. Skipped where they are not installed.
 */
@Timeout(240)
class DeadMansSwitchTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TOKEN = "a-long-random-token";

  /** What the Prometheus outside says of itself, encoded for a query. */
  private static final String FEDERATED = "up%7Bjob%3D%22node%22%7D";

  @TempDir private Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void eachSideHearsOfTheOthersEnd() throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "no Prometheus is installed at " + PROMETHEUS);
    assumeTrue(Files.isExecutable(ALERTMANAGER), "no Alertmanager at " + ALERTMANAGER);
    int alertmanager = freePort();
    int prometheus = freePort();
    Server server = server(alertmanager, prometheus);
    try {
      String tocsin = server.console().url().replaceAll("/$", "");
      Process outside = prometheus(prometheus, alertmanager, tocsin.replace("http://", ""));
      alertmanager(alertmanager, tocsin);

      // Inwards: the dead man's switch of Prometheus reaches our heartbeat.
      eventually(PATIENCE, () -> assertThat(value(tocsin, "probe_success")).isEqualTo("1"));
      // Outwards: our Watchdog reaches their Alertmanager.
      eventually(
          PATIENCE,
          () ->
              assertThat(json("http://127.0.0.1:" + alertmanager + "/api/v2/alerts").toString())
                  .contains("\"alertname\":\"Watchdog\""));

      // Federation: we take from that Prometheus what the shipped list matches.
      eventually(PATIENCE, () -> assertThat(value(tocsin, FEDERATED)).isEqualTo("1"));

      // Prometheus dies: its Alertmanager has nothing to say any more, and we page.
      outside.destroy();
      eventually(PATIENCE, () -> assertThat(value(tocsin, "probe_success")).isEqualTo("0"));
      eventually(
          PATIENCE,
          () ->
              assertThat(json(tocsin + "/api/v1/incidents?state=open").toString())
                  .contains("outside-prometheus"));
    } finally {
      server.close();
    }
    // We die: another Prometheus of the same configuration says so.
    int again = freePort();
    prometheus(again, alertmanager, "127.0.0.1:" + freePort());
    eventually(
        PATIENCE,
        () ->
            assertThat(json("http://127.0.0.1:" + alertmanager + "/api/v2/alerts").toString())
                .contains("\"alertname\":\"TocsinDown\""));
  }

  /**
   * The scrape configuration of {@code prometheus/federation.yml}, of one Prometheus and faster.
   */
  private static String federation(int prometheus) throws Exception {
    String file = Files.readString(Path.of("prometheus/federation.yml"));
    return file.substring(file.indexOf("scrape_configs:"))
        .replace("\"prometheus-eu:9090\", \"prometheus-us:9090\"", "127.0.0.1:" + prometheus)
        .replace("scrape_interval: 30s", "scrape_interval: 1s");
  }

  private Server server(int alertmanager, int prometheus) throws Exception {
    Files.copy(Path.of("prometheus/watchdog.yaml"), folder.resolve("watchdog.yaml"));
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:0 }
            auth: open
            rules: [watchdog.yaml]
            checks:
              - name: outside-prometheus
                component: Monitoring
                severity: critical
                interval: 1s
                heartbeat: { token: %s, every: 5s, grace: 1s }
            receivers:
              - { name: nobody }
              - { name: watchdog, alertmanager: { url: "http://127.0.0.1:%d" } }
            route:
              receiver: nobody
              routes:
                - { receiver: watchdog, matchers: ['alertname="Watchdog"'], repeat_interval: 2m }
            """
                    .formatted(TOKEN, alertmanager)
                + federation(prometheus));
    return Server.start(
        Configuration.read(file, Map.of()),
        folder.resolve("data"),
        InstantSource.system(),
        ServerExtras.NONE);
  }

  private Process prometheus(int port, int alertmanager, String target) throws Exception {
    Path home = Files.createDirectories(folder.resolve("prometheus-" + port));
    Files.writeString(
        home.resolve("watchman.yml"),
        Files.readString(Path.of("prometheus/watchman.yml"))
            .replace("interval: 15s", "interval: 1s")
            .replace("for: 1m", "for: 2s"));
    Files.writeString(
        home.resolve("prometheus.yml"),
        """
        global: { scrape_interval: 1s, evaluation_interval: 1s }
        rule_files: [watchman.yml]
        scrape_configs:
          - job_name: tocsin
            static_configs: [{ targets: ["%s"] }]
          - job_name: node
            static_configs: [{ targets: ["127.0.0.1:%d"] }]
        alerting:
          alertmanagers:
            - static_configs: [{ targets: ["127.0.0.1:%d"] }]
        """
            .formatted(target, port, alertmanager));
    return run(
        home,
        PROMETHEUS.toString(),
        "--config.file=" + home.resolve("prometheus.yml"),
        "--storage.tsdb.path=" + home.resolve("data"),
        "--rules.alert.resend-delay=1s",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private void alertmanager(int port, String tocsin) throws Exception {
    Path home = Files.createDirectories(folder.resolve("alertmanager"));
    Files.writeString(
        home.resolve("alertmanager.yml"),
        Files.readString(Path.of("prometheus/alertmanager.yml"))
            .replace("http://tocsin:9110", tocsin)
            .replace("https://phone.example.com", tocsin + "/nowhere")
            .replace("group_interval: 30s", "group_interval: 1s")
            .replace("repeat_interval: 1m", "repeat_interval: 1s"));
    run(
        home,
        ALERTMANAGER.toString(),
        "--config.file=" + home.resolve("alertmanager.yml"),
        "--storage.path=" + home.resolve("data"),
        "--cluster.listen-address=",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private Process run(Path home, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private String value(String tocsin, String metric) throws Exception {
    return json(tocsin + "/prometheus/api/v1/query?query=" + metric)
        .at("/data/result/0/value/1")
        .asText();
  }

  private JsonNode json(String address) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  private static int freePort() throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}

package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole service whose alerts come from a real Prometheus, and whose rules change meanwhile. */
class AlertsOfPrometheusTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger broken = new AtomicInteger(1);
  private String address = "";

  private Server server() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:0 }
            auth: open
            rules: [own.yml]
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            """);
    Files.writeString(folder.resolve("own.yml"), "groups: []\n");
    Server server =
        Server.start(
            Configuration.read(file, Map.of("HOME", "/root")),
            folder.resolve("tocsin-data"),
            InstantSource.system(),
            ServerExtras.NONE);
    address = server.console().url();
    return server;
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address).resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", path.endsWith("samples") ? "text/plain" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    return json.readTree(send("GET", path, "").body());
  }

  /** What Prometheus scrapes: one gauge that the test turns. */
  private HttpServer exporter() throws Exception {
    HttpServer exporter =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    exporter.createContext(
        "/metrics",
        exchange -> {
          byte[] text = ("broken " + broken.get() + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    exporter.start();
    return exporter;
  }

  private Process prometheus(int exporter, int tocsin) throws Exception {
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: g
            interval: 1s
            rules:
              - alert: PaymentsBroken
                expr: broken == 1
                labels: { severity: critical, component: Payments }
                annotations: { summary: "Payments fail on {{ $labels.instance }}" }
        """);
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            scrape_configs:
              - job_name: shop
                static_configs: [{ targets: ["127.0.0.1:%d"] }]
            alerting:
              alertmanagers:
                - path_prefix: /alertmanager
                  static_configs: [{ targets: ["127.0.0.1:%d"] }]
            """
                .formatted(exporter, tocsin));
    int own;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      own = free.getLocalPort();
    }
    return new ProcessBuilder(
            PROMETHEUS.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("prometheus-data"),
            "--web.listen-address=127.0.0.1:" + own,
            "--log.level=warn")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  @Test
  @Timeout(180)
  void aRuleThatFiresThereOpensAnIncidentHereAndItsEndResolvesIt() throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "no Prometheus is installed at " + PROMETHEUS);
    HttpServer exporter = exporter();
    try (Server server = server()) {
      Process prometheus = prometheus(exporter.getAddress().getPort(), server.console().port());
      try {
        eventually(
            SOON,
            () -> {
              JsonNode open = get("/api/v1/incidents?state=open").path("incidents");
              assertThat(open).hasSize(1);
              assertThat(open.at("/0/title").asText()).startsWith("Payments fail on 127.0.0.1:");
              assertThat(open.at("/0/severity").asText()).isEqualTo("critical");
              assertThat(open.at("/0/alerts/0/labels/job").asText()).isEqualTo("shop");
            });
        broken.set(0);
        eventually(
            SOON,
            () -> {
              JsonNode over = get("/api/v1/incidents?state=resolved").path("incidents");
              assertThat(over).hasSize(1);
              assertThat(over.at("/0/title").asText()).startsWith("Payments fail on");
            });
      } finally {
        prometheus.destroy();
        prometheus.waitFor(10, TimeUnit.SECONDS);
      }
      explainsByTheRulesOfNow();
    } finally {
      exporter.stop(0);
    }
  }

  /** A rule that came with a reload is explained with its curve, as it is the rule in force. */
  private void explainsByTheRulesOfNow() throws Exception {
    Files.writeString(
        folder.resolve("own.yml"),
        """
        groups:
          - name: own
            interval: 1s
            rules:
              - { alert: LevelHigh, expr: level > 3, labels: { severity: warning } }
        """);
    assertThat(send("POST", "/-/reload", "").statusCode()).isEqualTo(200);
    eventually(
        SOON,
        () -> {
          assertThat(send("POST", "/api/v1/samples", "level 7\n").statusCode()).isEqualTo(204);
          JsonNode alerts = get("/api/v1/alerts").path("alerts");
          assertThat(alerts.findValuesAsText("fingerprint")).isNotEmpty();
          String fingerprint = alerts.at("/0/fingerprint").asText();
          JsonNode why = get("/api/v1/alerts/" + fingerprint + "/explain");
          assertThat(why.path("name").asText()).isEqualTo("LevelHigh");
          assertThat(why.at("/curve/threshold").asText()).isEqualTo("3");
          assertThat(why.at("/curve/points")).isNotEmpty();
        });
  }
}

package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service, and checks that nobody wrote into its files. */
class ChecksOverTheApiTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger status = new AtomicInteger(200);

  private Server server() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:0 }
            auth: open
            outbound: { allow: [127.0.0.1] }
            checks:
              - { name: of-the-files, interval: 1h, heartbeat: { token: abcdefghijklmnop, every: 1h } }
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            """);
    return Server.start(
        Configuration.read(file, Map.of("HOME", "/root")),
        folder.resolve("data"),
        InstantSource.system(),
        ServerExtras.NONE);
  }

  private HttpResponse<String> send(Server server, String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.console().url()).resolve("/api/v1/checks" + path))
            .timeout(SOON)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static String check(String name, String url) {
    return """
    {"name": "%s", "interval": "1s", "down_after": 1, "up_after": 1, "http": {"url": "%s"}}\
    """
        .formatted(name, url);
  }

  private void refused(Server server, String body, int expected, String... words) throws Exception {
    var answer = send(server, "POST", "", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    assertThat(json(answer).get("detail").asText()).contains(words);
  }

  @Test
  void comeGoRestAndStayOverARestart() throws Exception {
    var target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    target.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    target.start();
    String url = "http://127.0.0.1:" + target.getAddress().getPort() + "/";
    try (Server server = server()) {
      refused(
          server, check("meta", "http://169.254.169.254/"), 400, "link-local", "public address");
      refused(server, check("x", "http://127.0.0.1/${file:/etc/passwd}"), 400, "only files may");
      refused(server, "{\"name\": \"x\", \"htp\": {}}", 400, "exactly one of");
      refused(server, check("of-the-files", url), 409, "already");
      refused(server, check("x", url).replace("interval", "intervall"), 400, "\"interval\"?");

      var created = send(server, "POST", "", check("asked for", url));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      assertThat(created.headers().firstValue("Location")).contains("/api/v1/checks/asked%20for");
      assertThat(created.body()).doesNotContain(url);
      assertThat(json(send(server, "POST", "/asked%20for/run", "")).get("verdict").asText())
          .isEqualTo("up");
      status.set(500);
      eventually(
          SOON,
          () -> {
            assertThat(json(send(server, "GET", "/asked%20for", "")).get("verdict").asText())
                .isEqualTo("down");
            assertThat(alerts(server)).contains("asked for");
          });
      var paused = json(send(server, "POST", "/asked%20for/pause", ""));
      assertThat(paused.get("paused").asBoolean()).isTrue();
      assertThat(paused.get("verdict").asText()).isEqualTo("unknown");
      eventually(SOON, () -> assertThat(alerts(server)).doesNotContain("asked for"));
      assertThat(send(server, "POST", "/asked%20for/run", "").statusCode()).isEqualTo(409);
      assertThat(send(server, "DELETE", "/of-the-files", "").statusCode()).isEqualTo(409);
    }
    try (Server server = server()) {
      JsonNode checks = json(send(server, "GET", "", "")).get("checks");
      assertThat(checks).hasSize(2);
      assertThat(checks.get(0).get("origin").asText()).isEqualTo("config");
      assertThat(checks.get(1).get("origin").asText()).isEqualTo("api");
      assertThat(checks.get(1).get("paused").asBoolean()).isTrue();
      send(server, "POST", "/asked%20for/resume", "");
      eventually(SOON, () -> assertThat(alerts(server)).contains("asked for"));
      assertThat(send(server, "DELETE", "/asked%20for", "").statusCode()).isEqualTo(204);
      assertThat(send(server, "GET", "/asked%20for", "").statusCode()).isEqualTo(404);
      eventually(SOON, () -> assertThat(alerts(server)).doesNotContain("asked for"));
    } finally {
      target.stop(0);
    }
  }

  /** The firing alerts. */
  private String alerts(Server server) throws Exception {
    URI alerts = URI.create(server.console().url()).resolve("/api/v1/alerts");
    return http.send(HttpRequest.newBuilder(alerts).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}

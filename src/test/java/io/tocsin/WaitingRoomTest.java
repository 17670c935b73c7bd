package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.tocsin.postgres.DatabaseSettings;
import io.tocsin.postgres.TestDatabase;
import java.io.IOException;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database: what the one shows that does not lead, and how it takes over. */
class WaitingRoomTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  /** A node on ports of its own. */
  private record Seat(String name, int ops, int page) {
    static Seat named(String name) throws IOException {
      return new Seat(name, freePort(), freePort());
    }

    private static int freePort() throws IOException {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  private Server start(Seat seat, DatabaseSettings.Server database, int target) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve(seat.name() + ".yaml"),
            """
            node: %s
            listen: { ops: 127.0.0.1:%d, public: 127.0.0.1:%d }
            auth: open
            database: { url: "%s", user: "%s", password: "%s", pool: 5 }
            outbound: { allow: [127.0.0.1] }
            status_page: { title: Acme }
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            checks:
              - { name: api, component: Inference API, http: { url: "http://127.0.0.1:%d/" }, interval: 2s, timeout: 2s }
            """
                .formatted(
                    seat.name(),
                    seat.ops(),
                    seat.page(),
                    database.url(),
                    database.user(),
                    database.password(),
                    target));
    return Server.start(
        Configuration.read(file, Map.of()),
        folder.resolve(seat.name()),
        InstantSource.system(),
        ServerExtras.NONE);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  private HttpResponse<String> post(int port, String path, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aNodeThatWaitsServesTheStatusPageAndTakesOverWhenTheLeaderGoes() throws Exception {
    var target = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    target.start();
    target.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    Seat first = Seat.named("first");
    Seat second = Seat.named("second");
    try (TestDatabase.Lease lease = TestDatabase.create()) {
      Server leader = start(first, lease.address(), target.port());
      var waiting = new CompletableFuture<Server>();
      Thread starting = Thread.ofPlatform().start(() -> started(second, lease, target, waiting));
      try {
        eventually(
            PATIENCE,
            () -> assertThat(get(second.ops(), "/-/healthy").statusCode()).isEqualTo(200));
        waits(second);
        showsWhatTheLeaderKnows(first, second);
      } finally {
        leader.close();
        takesOver(second, waiting);
        starting.join();
      }
    } finally {
      target.stop();
    }
  }

  private void started(
      Seat seat, TestDatabase.Lease lease, WireMockServer target, CompletableFuture<Server> done) {
    try {
      done.complete(start(seat, lease.address(), target.port()));
    } catch (Exception failed) {
      done.completeExceptionally(failed);
    }
  }

  private void takesOver(Seat seat, CompletableFuture<Server> waiting) throws Exception {
    Server heir = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    try {
      eventually(
          PATIENCE,
          () -> assertThat(get(seat.page(), "/").body()).contains("Inference API: major outage"));
      eventually(
          PATIENCE, () -> assertThat(get(seat.ops(), "/-/ready").statusCode()).isEqualTo(200));
      assertThat(declare(seat, "Found again").statusCode()).isEqualTo(201);
    } finally {
      heir.close();
    }
  }

  private void waits(Seat seat) throws Exception {
    assertThat(get(seat.ops(), "/-/ready").statusCode()).isEqualTo(503);
    HttpResponse<String> refused = declare(seat, "Unheard");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body()).contains("another node leads");
    assertThat(get(seat.page(), "/subscribe").statusCode()).isEqualTo(503);
    assertThat(post(seat.page(), "/subscribe", "{}").statusCode()).isEqualTo(503);
    assertThat(get(seat.page(), "/nowhere").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> declare(Seat seat, String title) throws Exception {
    return post(
        seat.ops(),
        "/api/v1/incidents",
        """
        {"title":"%s","severity":"critical","components":["Inference API"]}\
        """
            .formatted(title));
  }

  private void showsWhatTheLeaderKnows(Seat first, Seat second) throws Exception {
    eventually(
        PATIENCE,
        () ->
            assertThat(get(second.page(), "/api/v2/components.json").body())
                .contains("Inference API")
                .contains("operational"));
    HttpResponse<String> declared = declare(first, "Lost in space");
    assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
    eventually(
        PATIENCE,
        () -> assertThat(get(second.page(), "/").body()).contains("Inference API: major outage"));
  }
}

package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.alert.Severity;
import io.tocsin.statuspage.Fabricated;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveStreamsTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final PageServers servers = new PageServers();
  private final FabricatedDesk desk = FabricatedDesk.busy(NOW);

  @AfterEach
  void close() {
    servers.close();
  }

  private static BufferedReader stream(HttpRequest.Builder request) throws Exception {
    HttpResponse<java.io.InputStream> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static String until(BufferedReader lines, String wanted) throws Exception {
    var last = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      last = line.startsWith("id: ") ? line.substring(4) : last;
      if (line.equals(wanted)) {
        return last;
      }
    }
    throw new AssertionError("the stream ended without " + wanted);
  }

  @Test
  void aLostConnectionIsCaughtUpByTheLastEventId() throws Exception {
    String address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.OPEN);
    URI uri = URI.create(address + "/live");
    String seen;
    try (BufferedReader lines = stream(HttpRequest.newBuilder(uri))) {
      until(lines, "data: everything");
      desk.put(incident(186));
      seen = until(lines, "data: incident-i186abcdef");
    }
    desk.put(incident(187));
    try (BufferedReader lines = stream(HttpRequest.newBuilder(uri).header("Last-Event-ID", seen))) {
      until(lines, "data: incident-i187abcdef");
    }
  }

  private static io.tocsin.incident.Incident incident(int number) {
    return Fabricated.incident(number, "Down", Severity.HIGH, List.of("Web app"), NOW).make();
  }

  @Test
  void aStrangerHearsNothing() throws Exception {
    String address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.TOKENS);
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(address + "/live")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
  }
}

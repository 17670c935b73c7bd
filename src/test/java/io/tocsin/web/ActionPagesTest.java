package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.channel.ActionLinks.Verb;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Destination;
import io.tocsin.notify.TestMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionPagesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final PageServers servers = new PageServers();
  private final FabricatedDesk desk = FabricatedDesk.busy(NOW);
  private String address = "";

  @BeforeEach
  void open() {
    // Tokens are asked for everywhere else: these links work without.
    address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.TOKENS);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private Incident incident(String id) {
    return desk.find(new IncidentId(id)).orElseThrow();
  }

  private String link(String id, Verb verb, Instant sentAt) {
    return link(id, verb, sentAt, "ana-sms");
  }

  private String link(String id, Verb verb, Instant sentAt, String receiver) {
    var message = TestMessage.about(new Destination(receiver, "twilio", 0), incident(id), sentAt);
    return URI.create(PageServers.LINKS.link(message, verb)).getPath();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(5))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void openingALinkChangesNothingAndPressingItActs() throws Exception {
    String link = link("i185abcdef", Verb.ACKNOWLEDGE, NOW);
    HttpResponse<String> shown = send("GET", link);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body())
        .contains("Acknowledge this incident?", "method=\"post\"")
        .contains("opening this page changes nothing");
    assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(incident("i185abcdef").acknowledgedAt()).isEmpty();

    HttpResponse<String> pressed = send("POST", link);
    assertThat(pressed.statusCode()).isEqualTo(200);
    assertThat(pressed.body()).contains("Acknowledged");
    assertThat(incident("i185abcdef").acknowledgedBy()).contains("ana-sms (link)");
  }

  @Test
  void theSecondUseSaysThatItIsTheSecond() throws Exception {
    String link = link("i185abcdef", Verb.ACKNOWLEDGE, NOW);
    send("POST", link);
    HttpResponse<String> again = send("POST", link);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("Already acknowledged", "You acknowledged it (");
    assertThat(send("GET", link).body())
        .contains("Already acknowledged", "I still have it")
        .doesNotContain("Acknowledge this incident?");

    String others = link("i185abcdef", Verb.ACKNOWLEDGE, NOW, "ben-chat");
    assertThat(send("GET", others).body())
        .contains("Acknowledge this incident?", "ana-sms (link) acknowledged it (");

    String resolve = link("i185abcdef", Verb.RESOLVE, NOW);
    assertThat(send("GET", resolve).body()).contains("Resolve this incident?");
    assertThat(send("POST", resolve).statusCode()).isEqualTo(200);
    HttpResponse<String> over = send("POST", resolve);
    assertThat(over.statusCode()).isEqualTo(409);
    assertThat(over.body()).contains("Already resolved", "It ended (");
    assertThat(send("GET", link).body()).contains("Already resolved").doesNotContain("<button");
  }

  @Test
  void anExpiredLinkIsGone() throws Exception {
    String link = link("i185abcdef", Verb.RESOLVE, NOW.minus(Duration.ofHours(72)));
    assertThat(send("GET", link).statusCode()).isEqualTo(410);
    assertThat(send("POST", link).statusCode()).isEqualTo(410);
    assertThat(incident("i185abcdef").open()).isTrue();
  }

  @Test
  void aForgedLinkIsUnknownAndAClosedIncidentAConflict() throws Exception {
    String link = link("i185abcdef", Verb.RESOLVE, NOW);
    assertThat(send("POST", link + "x").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/act/abc.def").statusCode()).isEqualTo(404);
    assertThat(send("POST", link("i180abcdef", Verb.ACKNOWLEDGE, NOW)).statusCode()).isEqualTo(409);
  }
}

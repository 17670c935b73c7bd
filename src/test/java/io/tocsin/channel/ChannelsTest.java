package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Samples;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Throttle;
import io.tocsin.notify.Transition;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsTest {

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  /** Vert.x closes an HTTP client that nobody holds any more, also in the middle of a request. */
  private static final List<Channels> KEPT = new ArrayList<>();

  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    MAIL.start();
  }

  @AfterAll
  static void close() throws Exception {
    MAIL.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void pagerDutyGetsATriggerWithinItsLimits() throws Exception {
    answer(aResponse().withStatus(202).withBody("{\"status\":\"success\"}"));
    Message message = message("pagerduty", Transition.Kind.OPENED);

    SendResult result = send("pagerduty: { url: URL, routing_key: R1 }", message);

    assertThat(result).isInstanceOf(SendResult.Delivered.class);
    JsonNode event = received();
    assertThat(event.path("routing_key").asText()).isEqualTo("R1");
    assertThat(event.path("event_action").asText()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asText()).isEqualTo(message.dedupKey());
    assertThat(event.at("/payload/severity").asText()).isEqualTo("critical");
    assertThat(event.at("/payload/source").asText()).isEqualTo("pay-1");
    assertThat(event.at("/payload/summary").asText())
        .isEqualTo("[CRITICAL] Payments: 12 % failing (#184)");
    assertThat(event.at("/links/0/href").asText())
        .isEqualTo("http://console.test/incidents/" + message.incident().id());
  }

  @ParameterizedTest
  @CsvSource({"RESOLVED,resolve", "ACKNOWLEDGED,acknowledge", "UPDATE,trigger"})
  void pagerDutyHearsEachTransitionUnderTheSameKey(Transition.Kind kind, String action)
      throws Exception {
    answer(aResponse().withStatus(202));
    Message message = message("pagerduty", kind);

    SendResult result = send("pagerduty: { url: URL, routing_key: R1 }", message);

    assertThat(result).isInstanceOf(SendResult.Delivered.class);

    assertThat(received().path("event_action").asText()).isEqualTo(action);
    assertThat(received().path("dedup_key").asText()).isEqualTo(message.incident().id().value());
  }

  @Test
  void theOwnersLevelsBecomePagerDutysWords() {
    assertThat(List.of(Severity.values()).stream().map(PagerDutyChannel::severity))
        .containsExactly("critical", "error", "warning", "info");
  }

  @Test
  void aWebhookIsSignedAndTheSameAtEachRetry() throws Exception {
    answer(aResponse().withStatus(200));
    Message message = message("webhook", Transition.Kind.OPENED);
    String config = "webhook: { url: URL, secret: s3cret, headers: { X-Team: ops } }";

    send(config, message);
    send(config, message);

    List<LoggedRequest> requests = requests(2);
    assertThat(requests.get(0).getBody()).isEqualTo(requests.get(1).getBody());
    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.getHeader("Idempotency-Key")).isEqualTo(message.idempotencyKey());
              assertThat(request.getHeader("X-Team")).isEqualTo("ops");
              assertThat(request.getHeader("Tocsin-Signature"))
                  .isEqualTo(
                      WebhookChannel.signature(
                          "s3cret", request.getBody(), Samples.T0.getEpochSecond()));
            });
    assertThat(requests.getFirst().getBodyAsString())
        .contains("\"status\":\"firing\"", "\"instance\":\"pay-1\"")
        .doesNotContain("s3cret");
  }

  @Test
  void theSignatureIsTheHmacOfTimeAndBody() {
    assertThat(WebhookChannel.signature("key", "{}".getBytes(StandardCharsets.UTF_8), 1))
        .isEqualTo("t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
  }

  @ParameterizedTest
  @CsvSource({
    "500,Retry",
    "503,Retry",
    "429,Retry",
    "408,Retry",
    "400,Refused",
    "404,Refused",
    "302,Refused"
  })
  void theStatusDecidesWhetherToTryAgain(int status, String verdict) throws Exception {
    answer(
        aResponse().withStatus(status).withHeader("Retry-After", "7").withHeader("Location", "/x"));

    SendResult result = send("webhook: { url: URL }", message("webhook", Transition.Kind.OPENED));

    assertThat(result.getClass().getSimpleName()).isEqualTo(verdict);
    if (result instanceof SendResult.Retry retry) {
      assertThat(retry.after()).contains(Duration.ofSeconds(7));
    }
  }

  @Test
  void aReceiverThatIsAwayIsWorthARetry() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    SendResult result =
        send(
            "webhook: { url: 'http://127.0.0.1:" + port + "/' }",
            message("webhook", Transition.Kind.OPENED));

    assertThat(result).isInstanceOf(SendResult.Retry.class);
  }

  @Test
  void aReceiverThatNeverAnswersIsGivenUpAtTheTimeout() throws Exception {
    answer(aResponse().withStatus(200).withFixedDelay(5_000));

    SendResult result =
        send("webhook: { url: URL, timeout: 100ms }", message("webhook", Transition.Kind.OPENED));

    assertThat(result).isInstanceOf(SendResult.Retry.class);
  }

  @Test
  void slackGetsEscapedWordsAndALink() throws Exception {
    answer(aResponse().withStatus(200).withBody("ok"));

    send("slack: { url: URL }", message("slack", Transition.Kind.OPENED));

    String text = received().at("/attachments/0/blocks/0/text/text").asText();
    assertThat(text)
        .contains("12 % of &lt;card&gt; payments fail")
        .contains("<http://console.test/incidents/");
  }

  @Test
  void aMailCarriesTheFactsInItsSubjectAndAStableId() throws Exception {
    Message message = message("email", Transition.Kind.OPENED);

    SendResult result = send("email: { to: [ops@example.com] }", message);
    send("email: { to: [ops@example.com] }", message);

    assertThat(result).isInstanceOf(SendResult.Delivered.class);
    MimeMessage[] mails = MAIL.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(mails[0].getSubject()).isEqualTo("[CRITICAL] Payments: 12 % failing (#184)");
    assertThat(mails[0].getMessageID()).isEqualTo(mails[1].getMessageID());
    assertThat(mails[0].getHeader("References", " ")).contains(message.incident().id().value());
    assertThat(mails[0].getContentType()).startsWith("multipart/alternative");
  }

  @Test
  void wrongReceiversSayWhatIsWrong() {
    assertThatThrownBy(() -> read("webhook: { url: 'ftp://x' }"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("receivers[0].webhook.url: found \"ftp://x\", expected an http");
    assertThatThrownBy(() -> read("webhook: { urls: 'http://x' }"))
        .hasMessageContaining("webhook.url");
    assertThatThrownBy(() -> read("pagerduty: { routing_key: a, ur: b }"))
        .hasMessageContaining("unknown key \"ur\", expected \"url\"?");
    assertThatThrownBy(() -> read("pagerdutty: { routing_key: a }"))
        .hasMessageContaining("\"pagerduty\"?");
  }

  @Test
  void aNameAloneIsASink() {
    assertThat(read("").byReceiver()).isEqualTo(Map.of("r", List.of()));
  }

  private static Message message(String kind, Transition.Kind transition) {
    Incident open = Samples.incident(Severity.CRITICAL);
    Incident incident =
        transition == Transition.Kind.RESOLVED
            ? Samples.resolved(open, Samples.T0.plusSeconds(60))
            : open;
    return Samples.message(new Destination("r", kind, 0), incident, transition);
  }

  private static void answer(ResponseDefinitionBuilder response) {
    RECEIVER.stubFor(post(urlEqualTo("/hook")).willReturn(response));
  }

  private static Channels read(String config) {
    String text =
        "receivers:\n  - name: r\n"
            + (config.isEmpty()
                ? ""
                : "    " + config.replace("URL", RECEIVER.url("/hook")) + "\n");
    Outside outside =
        new Outside(
            vertx,
            URI.create("http://console.test"),
            InstantSource.fixed(Samples.T0),
            Optional.of(
                new SmtpServer(
                    "127.0.0.1",
                    MAIL.getSmtp().getPort(),
                    SmtpServer.Tls.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    "tocsin@example.com")));
    return Channels.read(
        Yaml.read(text, "tocsin.yaml", Secrets.none()).sections("receivers"), outside);
  }

  private static SendResult send(String config, Message message) throws Exception {
    Channels channels = read(config);
    KEPT.add(channels);
    return channels
        .byDestination()
        .get(message.destination())
        .send(message)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static JsonNode received() throws Exception {
    return Notification.JSON.readTree(requests(1).getFirst().getBody());
  }

  /** WireMock writes its log after it has answered. */
  private static List<LoggedRequest> requests(int count) {
    var pattern = postRequestedFor(urlEqualTo("/hook"));
    eventually(Duration.ofSeconds(5), () -> assertThat(RECEIVER.findAll(pattern)).hasSize(count));
    return RECEIVER.findAll(pattern);
  }

  @Test
  void aThrottleIsForReceiversThatPeopleRead() throws Exception {
    try (var harness = new ReceiverHarness()) {
      Channels channels =
          harness.read("[{ name: r, throttle: { messages: 5, within: 1m }, slack: { url: URL } }]");
      assertThat(channels.throttle(new Destination("r", "slack", 0)).orElseThrow().throttle())
          .isEqualTo(new Throttle(5, Duration.ofMinutes(1)));
      assertThatThrownBy(
              () ->
                  harness.read(
                      "[{ name: r, throttle: { messages: 5, within: 1m },"
                          + " pagerduty: { routing_key: K } }]"))
          .hasMessageContaining("pagerduty, which keeps one state for each incident");
      assertThatThrownBy(() -> harness.read("[{ name: r, throttle: { messages: 0, within: 1m } }]"))
          .hasMessageContaining("throttle.messages");
    }
  }
}

package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.tocsin.channel.ReceiverHarness.json;
import static io.tocsin.channel.ReceiverHarness.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Samples;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Transition.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each vendor gets what its documentation asks for. */
class VendorsTest {

  private final ReceiverHarness harness = new ReceiverHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void answers(String json) {
    harness.vendor.stubFor(any(anyUrl()).willReturn(okJson(json)));
  }

  private static List<String> lines(List<LoggedRequest> requests) {
    return requests.stream().map(it -> it.getMethod() + " " + it.getUrl()).toList();
  }

  private static String form(LoggedRequest request) {
    return URLDecoder.decode(request.getBodyAsString(), StandardCharsets.UTF_8);
  }

  @Test
  void opsgenieHearsEachTransitionUnderOneAlias() throws Exception {
    answers("{\"result\":\"Request will be processed\",\"took\":0.1,\"requestId\":\"r\"}");
    harness.read("[{name: r, opsgenie: {url: URL, api_key: K, teams: [ops]}}]");
    for (Kind kind :
        List.of(Kind.OPENED, Kind.ACKNOWLEDGED, Kind.UPDATE, Kind.SEVERITY, Kind.RESOLVED)) {
      assertThat(harness.send(message("opsgenie", kind))).isInstanceOf(SendResult.Delivered.class);
    }
    String alias = message("opsgenie", Kind.OPENED).dedupKey();
    List<LoggedRequest> requests = harness.requests(5);
    assertThat(lines(requests))
        .containsExactly(
            "POST /v2/alerts",
            "POST /v2/alerts/" + alias + "/acknowledge?identifierType=alias",
            "POST /v2/alerts/" + alias + "/notes?identifierType=alias",
            "PUT /v2/alerts/" + alias + "/priority?identifierType=alias",
            "POST /v2/alerts/" + alias + "/close?identifierType=alias");
    assertThat(requests.getFirst().getHeader("Authorization")).isEqualTo("GenieKey K");
    JsonNode created = json(requests.getFirst());
    assertThat(created.path("alias").asText()).isEqualTo(alias);
    assertThat(created.path("priority").asText()).isEqualTo("P1");
    assertThat(created.at("/responders/0").toString())
        .isEqualTo("{\"name\":\"ops\",\"type\":\"team\"}");
    assertThat(created.path("message").asText().length()).isLessThanOrEqualTo(130);
  }

  @Test
  void aSlackBotKeepsOneMessageAndAThread() throws Exception {
    answers("{\"ok\":true,\"channel\":\"C123\",\"ts\":\"1503435956.000247\"}");
    harness.read("[{name: r, slack: {api_url: URL/api, token: xoxb-1, channel: '#ops'}}]");
    harness.send(message("slack", Kind.OPENED));
    harness.send(message("slack", Kind.RESOLVED));

    List<LoggedRequest> requests = harness.requests(3);
    assertThat(lines(requests))
        .containsExactly(
            "POST /api/chat.postMessage", "POST /api/chat.update", "POST /api/chat.postMessage");
    assertThat(requests.getFirst().getHeader("Authorization")).isEqualTo("Bearer xoxb-1");
    JsonNode opened = json(requests.getFirst());
    assertThat(opened.path("channel").asText()).isEqualTo("#ops");
    assertThat(opened.at("/attachments/0/blocks/2/elements/0/action_id").asText())
        .isEqualTo("acknowledge");
    JsonNode changed = json(requests.get(1));
    assertThat(changed.path("channel").asText()).isEqualTo("C123");
    assertThat(changed.path("ts").asText()).isEqualTo("1503435956.000247");
    assertThat(changed.toString()).doesNotContain("\"acknowledge\"");
    JsonNode news = json(requests.get(2));
    assertThat(news.path("thread_ts").asText()).isEqualTo("1503435956.000247");
    assertThat(news.path("reply_broadcast").asBoolean()).isTrue();
  }

  @Test
  void slacksRefusalInA200IsNoDelivery() throws Exception {
    answers("{\"ok\":false,\"error\":\"channel_not_found\"}");
    harness.read("[{name: r, slack: {api_url: URL, token: xoxb-1, channel: x}}]");
    assertThat(harness.send(message("slack", Kind.OPENED)))
        .isEqualTo(new SendResult.Refused("Slack says channel_not_found"));
    answers("{\"ok\":false,\"error\":\"ratelimited\"}");
    assertThat(harness.send(message("slack", Kind.OPENED))).isInstanceOf(SendResult.Retry.class);
  }

  @Test
  void teamsGetsAnAdaptiveCard() throws Exception {
    harness.vendor.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(202)));
    harness.read("[{name: r, teams: {url: URL/workflow}}]");
    assertThat(harness.send(message("teams", Kind.OPENED)))
        .isInstanceOf(SendResult.Delivered.class);
    JsonNode body = json(harness.requests(1).getFirst());
    assertThat(body.path("type").asText()).isEqualTo("message");
    assertThat(body.at("/attachments/0/contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode card = body.at("/attachments/0/content");
    assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/body/0/color").asText()).isEqualTo("Attention");
    assertThat(card.at("/actions/1/title").asText()).isEqualTo("Acknowledge");
    assertThat(card.at("/actions/1/url").asText()).startsWith("http://console.test/act/");
  }

  @Test
  void discordsMessageIsChangedInPlaceAndCallsNobody() throws Exception {
    answers("{\"id\":\"987\"}");
    harness.read("[{name: r, discord: {url: URL/api/webhooks/1/t}}]");
    harness.send(message("discord", Kind.OPENED));
    harness.send(message("discord", Kind.ACKNOWLEDGED));
    List<LoggedRequest> requests = harness.requests(3);
    assertThat(lines(requests))
        .containsExactly(
            "POST /api/webhooks/1/t?wait=true",
            "PATCH /api/webhooks/1/t/messages/987",
            "POST /api/webhooks/1/t?wait=true");
    assertThat(json(requests.getFirst()).at("/allowed_mentions/parse").isArray()).isTrue();
    assertThat(json(requests.getFirst()).at("/embeds/0/color").asInt()).isEqualTo(0xc62828);
  }

  @Test
  void aWaitInTheBodyIsHonoured() throws Exception {
    harness.vendor.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(429).withBody("{\"retry_after\":64.57}")));
    harness.read("[{name: r, discord: {url: URL}}]");
    assertThat(harness.send(message("discord", Kind.OPENED)))
        .isInstanceOfSatisfying(
            SendResult.Retry.class,
            retry -> assertThat(retry.after()).contains(Duration.ofMillis(64570)));
    harness.vendor.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(429)
                    .withBody(
                        "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":7}}")));
    harness.read("[{name: r, telegram: {url: URL, token: T, chat_id: '5'}}]");
    assertThat(harness.send(message("telegram", Kind.OPENED)))
        .isInstanceOfSatisfying(
            SendResult.Retry.class,
            retry -> assertThat(retry.after()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void aWaitAsADateIsHonoured() throws Exception {
    harness.vendor.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(503)
                    .withHeader("Retry-After", "Sun, 01 Mar 2026 14:04:00 GMT")));
    harness.read("[{name: r, webhook: {url: URL}}]");
    assertThat(harness.send(message("webhook", Kind.OPENED)))
        .isInstanceOfSatisfying(
            SendResult.Retry.class,
            retry -> assertThat(retry.after()).contains(Duration.ofMinutes(2)));
  }

  @Test
  void anAlertWithoutAValueSaysNoneInAWebhook() throws Exception {
    harness.read("[{name: r, webhook: {url: URL}}]");
    Incident incident = Samples.incident(Severity.HIGH);
    for (double value : new double[] {0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      Alert alert = incident.alerts().getFirst();
      var valued =
          new Alert(
              alert.spec(),
              alert.labels(),
              alert.phase(),
              alert.activeSince(),
              alert.firingSince(),
              alert.resolvedAt(),
              alert.lastBreach(),
              value,
              alert.annotations());
      Destination ops = new Destination("r", "webhook", 0);
      harness.send(Samples.message(ops, incident.withAlerts(List.of(valued)), Kind.ALERTS_CHANGED));
    }
    List<JsonNode> values = new ArrayList<>();
    for (LoggedRequest request : harness.requests(3)) {
      values.add(json(request).at("/alerts/0/value"));
    }
    assertThat(values.get(0).asDouble()).isEqualTo(0.5);
    assertThat(values.get(1).isMissingNode()).isTrue();
    assertThat(values.get(2).asText()).isEqualTo("Infinity");
  }

  @Test
  void telegramGetsButtonsAndAnswersToOneMessage() throws Exception {
    answers("{\"ok\":true,\"result\":{\"message_id\":42}}");
    harness.read("[{name: r, telegram: {url: URL, token: 'T:1', chat_id: '-5', buttons: true}}]");
    harness.send(message("telegram", Kind.OPENED));
    harness.send(message("telegram", Kind.UPDATE));
    List<LoggedRequest> requests = harness.requests(3);
    assertThat(lines(requests))
        .containsExactly(
            "POST /botT:1/sendMessage", "POST /botT:1/editMessageText", "POST /botT:1/sendMessage");
    JsonNode opened = json(requests.getFirst());
    assertThat(opened.path("text").asText()).contains("12 % of &lt;card&gt; payments fail");
    String data = opened.at("/reply_markup/inline_keyboard/0/0/callback_data").asText();
    assertThat(data).startsWith("acknowledge:i");
    assertThat(data.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(64);
    assertThat(json(requests.get(1)).path("message_id").asLong()).isEqualTo(42);
    assertThat(json(requests.get(2)).at("/reply_parameters/message_id").asLong()).isEqualTo(42);
  }

  @Test
  void mattermostAndNtfyAndPushoverAndTwilioGetTheirShapes() throws Exception {
    answers("{\"status\":1}");
    harness.read("[{name: r, mattermost: {url: URL/hooks/x, channel: ops}}]");
    harness.send(message("mattermost", Kind.OPENED));
    harness.read("[{name: r, ntfy: {url: URL, topic: ops, token: tk_1}}]");
    harness.send(message("ntfy", Kind.OPENED));
    harness.read("[{name: r, pushover: {url: URL/1/messages.json, token: a, user: u}}]");
    harness.send(message("pushover", Kind.OPENED));
    harness.read(
        "[{name: r, twilio: {url: URL, account_sid: AC1, auth_token: s, from: '+15551', to:"
            + " '+15552'}}]");
    harness.send(message("twilio", Kind.OPENED));

    List<LoggedRequest> requests = harness.requests(4);
    JsonNode mattermost = json(requests.get(0));
    assertThat(mattermost.path("channel").asText()).isEqualTo("ops");
    assertThat(mattermost.at("/attachments/0/color").asText()).isEqualTo("#c62828");
    JsonNode ntfy = json(requests.get(1));
    assertThat(requests.get(1).getHeader("Authorization")).isEqualTo("Bearer tk_1");
    assertThat(ntfy.path("topic").asText()).isEqualTo("ops");
    assertThat(ntfy.path("priority").asInt()).isEqualTo(5);
    assertThat(ntfy.at("/actions/1/method").asText()).isEqualTo("POST");
    assertThat(form(requests.get(2)))
        .contains("token=a", "user=u", "priority=2", "retry=60", "expire=3600");
    assertThat(requests.get(3).getUrl()).isEqualTo("/2010-04-01/Accounts/AC1/Messages.json");
    assertThat(requests.get(3).getHeader("Authorization")).isEqualTo("Basic QUMxOnM=");
    assertThat(form(requests.get(3)))
        .contains(
            "To=+15552", "From=+15551", "Body=[CRITICAL] Payments", "Ack: http://console.test");
  }

  @Test
  void aShortMessageNamesItsIncidentOnce() throws Exception {
    answers("{\"status\":1}");
    harness.read(
        "[{name: r, twilio: {url: URL, account_sid: AC1, auth_token: s, from: '+15551', to:"
            + " '+15552'}}]");
    Message plain = message("twilio", Kind.REPEAT);
    String title = plain.incident().title();
    harness.send(
        new Message(
            plain.destination(),
            plain.dedupKey(),
            plain.transition(),
            plain.incident(),
            Message.name(plain.incident()) + ": still open after 4 h",
            plain.reason(),
            plain.at()));
    assertThat(form(harness.requests(1).getFirst()))
        .contains(
            "Body=[CRITICAL] "
                + title
                + " (#"
                + plain.incident().number()
                + "): still open after 4 h");
  }

  @Test
  void anAlertmanagerGetsAlertsThatEndLaterAndThenNow() throws Exception {
    answers("{}");
    harness.read("[{name: r, alertmanager: {url: URL/am}}]");
    harness.send(message("alertmanager", Kind.OPENED));
    List<LoggedRequest> requests = harness.requests(1);
    assertThat(lines(requests)).containsExactly("POST /am/api/v2/alerts");
    JsonNode alert = json(requests.getFirst()).get(0);
    assertThat(alert.at("/labels/alertname").asText()).isEqualTo("PaymentsFailing");
    assertThat(alert.path("startsAt").asText()).isEqualTo(Samples.T0.toString());
    assertThat(alert.path("endsAt").asText()).isEqualTo("2026-03-02T14:02:00Z");
  }

  @Test
  void anIssueIsOpenedCommentedOnAndClosed() throws Exception {
    answers("{\"number\":7,\"iid\":7}");
    harness.read(
        "[{name: r, github: {url: URL, repository: acme/ops, token: g, labels: [incident]}}]");
    for (Kind kind : List.of(Kind.OPENED, Kind.REPEAT, Kind.UPDATE, Kind.RESOLVED)) {
      assertThat(harness.send(message("github", kind))).isInstanceOf(SendResult.Delivered.class);
    }
    harness.read("[{name: r, gitlab: {url: URL, project: acme/ops, token: l}}]");
    harness.send(message("gitlab", Kind.OPENED));
    harness.send(message("gitlab", Kind.RESOLVED));
    List<LoggedRequest> requests = harness.requests(7);
    assertThat(lines(requests))
        .containsExactly(
            "POST /repos/acme/ops/issues",
            "POST /repos/acme/ops/issues/7/comments",
            "POST /repos/acme/ops/issues/7/comments",
            "PATCH /repos/acme/ops/issues/7",
            "POST /api/v4/projects/acme%2Fops/issues",
            "POST /api/v4/projects/acme%2Fops/issues/7/notes",
            "PUT /api/v4/projects/acme%2Fops/issues/7");
    assertThat(json(requests.get(3)).path("state").asText()).isEqualTo("closed");
    assertThat(json(requests.get(6)).path("state_event").asText()).isEqualTo("close");
    assertThat(requests.get(4).getHeader("PRIVATE-TOKEN")).isEqualTo("l");
  }

  @Test
  void aJiraIssueIsMovedByTheNameOfItsTransition() throws Exception {
    harness.vendor.stubFor(
        post(urlPathEqualTo("/rest/api/2/issue"))
            .willReturn(okJson("{\"id\":\"1\",\"key\":\"OPS-7\"}")));
    harness.vendor.stubFor(
        post(urlPathEqualTo("/rest/api/2/issue/OPS-7/comment")).willReturn(okJson("{}")));
    harness.vendor.stubFor(
        get(urlPathEqualTo("/rest/api/2/issue/OPS-7/transitions"))
            .willReturn(
                okJson(
                    "{\"transitions\":[{\"id\":\"31\",\"name\":\"Done\",\"to\":{\"name\":\"Done\"}}]}")));
    harness.vendor.stubFor(
        post(urlPathEqualTo("/rest/api/2/issue/OPS-7/transitions"))
            .willReturn(aResponse().withStatus(204)));
    harness.read("[{name: r, jira: {url: URL, project: OPS, user: a@b.c, token: t}}]");
    harness.send(message("jira", Kind.OPENED));
    assertThat(harness.send(message("jira", Kind.RESOLVED)))
        .isInstanceOf(SendResult.Delivered.class);
    List<LoggedRequest> requests = harness.requests(4);
    assertThat(json(requests.get(0)).at("/fields/project/key").asText()).isEqualTo("OPS");
    assertThat(requests.get(0).getHeader("Authorization")).startsWith("Basic ");
    assertThat(json(requests.get(3)).at("/transition/id").asText()).isEqualTo("31");
  }

  @Test
  void templatesShapeTheWordsAndABrokenOneDoesNotStopAPage() throws Exception {
    answers("{}");
    harness.read(
        "[{name: r, teams: {url: URL, title: '{{ .Severity }} {{ .Title }}',"
            + " text: '{{ range .Alerts }}{{ .Labels.instance }}{{ end }}'}}]");
    harness.send(message("teams", Kind.OPENED));
    JsonNode card = json(harness.requests(1).getFirst()).at("/attachments/0/content");
    assertThat(card.at("/body/0/text").asText()).isEqualTo("CRITICAL Payments: 12 % failing");
    assertThat(card.at("/body/1/text").asText()).isEqualTo("pay-1");
    harness.vendor.resetRequests();
    harness.read("[{name: r, teams: {url: URL, title: '{{ .Severity.Nope }}'}}]");
    harness.send(message("teams", Kind.OPENED));
    assertThat(
            json(harness.requests(1).getFirst()).at("/attachments/0/content/body/0/text").asText())
        .isEqualTo("[CRITICAL] Payments: 12 % failing (#184)");
    assertThatThrownBy(() -> harness.read("[{name: r, teams: {url: URL, title: '{{ .Severity'}}]"))
        .hasMessageContaining("receivers[0].teams.title");
  }

  @Test
  void aReceiverThatIsDownIsLeftAloneAndItsFallbackTold() throws Exception {
    harness.vendor.stubFor(post(urlPathEqualTo("/down")).willReturn(aResponse().withStatus(500)));
    harness.vendor.stubFor(post(urlPathEqualTo("/other")).willReturn(aResponse().withStatus(200)));
    Channels channels =
        harness.read(
            "[{name: r, fallback: other, webhook: {url: URL/down}},"
                + " {name: other, webhook: {url: URL/other}}]");
    for (int i = 0; i < 3; i++) {
      harness.send(message("webhook", Kind.OPENED));
    }
    SendResult held = harness.send(message("webhook", Kind.OPENED));
    assertThat(held)
        .isEqualTo(
            new SendResult.Retry(
                "not tried: the receiver is down; the fallback has it",
                Optional.of(Duration.ofSeconds(30))));
    harness.send(message("webhook", Kind.OPENED));
    assertThat(lines(harness.requests(4)))
        .as("the fallback hears each message once")
        .containsExactly("POST /down", "POST /down", "POST /down", "POST /other");
    assertThat(channels.views(harness.now).getFirst().ways().getFirst().breaker())
        .hasToString("OPEN");

    harness.now = harness.now.plusSeconds(31);
    harness.vendor.stubFor(post(urlPathEqualTo("/down")).willReturn(aResponse().withStatus(200)));
    assertThat(harness.send(message("webhook", Kind.OPENED)))
        .isInstanceOf(SendResult.Delivered.class);
    assertThat(channels.views(harness.now).getFirst().ways().getFirst().breaker())
        .hasToString("CLOSED");
  }

  @Test
  void settingsAreShownWithoutSecrets() {
    Channels channels =
        harness.read(
            "[{name: r, telegram: {url: 'https://u:p@api.example.com/x', token: T, chat_id: '5'},"
                + " webhook: {url: 'https://hooks.example.com/s3cr3t', secret: hush}}]");
    assertThat(channels.views(harness.now).toString())
        .contains("chat_id=5", "https://hooks.example.com/***", "https://api.example.com/***")
        .doesNotContain("s3cr3t", "hush", "=T", "u:p");
    assertThatThrownBy(() -> harness.read("[{name: r, fallback: x}]"))
        .hasMessageContaining("fallback");
  }
}

package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.tocsin.channel.ReceiverHarness.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The longest and ugliest words stay within what each vendor documents, whole where cut. */
class VendorLimitsTest {

  private static final String LONG = "<b> & \"quoted\"\n".repeat(700);

  private final ReceiverHarness harness = new ReceiverHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static Message message(String kind, Kind transition) {
    Message plain = ReceiverHarness.message(kind, transition);
    return new Message(
        plain.destination(),
        plain.dedupKey(),
        plain.transition(),
        plain.incident().withTitle("First line\nsecond line " + LONG),
        LONG,
        plain.reason() + LONG,
        plain.at(),
        plain.extent());
  }

  private JsonNode sent(String settings, String kind) throws Exception {
    return json(request(settings, kind, Kind.OPENED));
  }

  private LoggedRequest request(String settings, String kind, Kind transition) throws Exception {
    harness.vendor.resetAll();
    harness.vendor.stubFor(
        any(anyUrl())
            .willReturn(
                okJson("{\"ok\":true,\"id\":\"1\",\"number\":1,\"iid\":1,\"key\":\"A-1\"}")));
    harness.read("[{name: r, " + settings + "}]");
    harness.send(message(kind, transition));
    return harness.requests(1).getFirst();
  }

  @Test
  void pagerDutyGetsSummaryKeyAndLinksWithinBounds() throws Exception {
    JsonNode event = sent("pagerduty: {url: URL, routing_key: K}", "pagerduty");
    assertThat(event.at("/payload/summary").asText()).hasSizeLessThanOrEqualTo(1024);
    assertThat(event.path("dedup_key").asText()).hasSizeLessThanOrEqualTo(255);
    assertThat(event.findValuesAsText("href"))
        .hasSize(3)
        .allMatch(href -> href.startsWith("http://console.test/"));
    assertThat(event.path("links").findValuesAsText("text"))
        .containsExactly("Incident #184 in Tocsin", "Acknowledge in Tocsin", "Resolve in Tocsin");
  }

  @Test
  void discordsEmbedHasNoMoreThanSixThousandCharactersAndItsLinksAreWhole() throws Exception {
    JsonNode embed = sent("discord: {url: URL}", "discord").at("/embeds/0");
    String description = embed.path("description").asText();
    int all = embed.path("title").asText().length() + description.length();
    for (JsonNode field : embed.path("fields")) {
      all += field.path("name").asText().length() + field.path("value").asText().length();
    }
    assertThat(all).isLessThanOrEqualTo(6000);
    assertThat(description).hasSizeLessThanOrEqualTo(4096).contains("[Acknowledge](").endsWith(")");
    assertThat(embed.path("title").asText()).hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void telegramsNewsHasNoHalfEntity() throws Exception {
    harness.vendor.stubFor(
        any(anyUrl()).willReturn(okJson("{\"ok\":true,\"result\":{\"message_id\":42}}")));
    harness.read("[{name: r, telegram: {url: URL, token: T, chat_id: '5'}}]");
    harness.send(message("telegram", Kind.OPENED));
    harness.send(message("telegram", Kind.UPDATE));
    for (LoggedRequest request : harness.requests(3)) {
      String text = json(request).path("text").asText();
      assertThat(text.replaceAll("&(lt|gt|amp|quot|#\\d+);", "")).doesNotContain("&");
      assertThat(text.replaceAll("</?b>", "").replaceAll("&\\w+;", "x"))
          .hasSizeLessThanOrEqualTo(4096);
    }
  }

  @Test
  void slacksTextsAreWithinBoundsAndHaveNoHalfEntity() throws Exception {
    JsonNode webhook = sent("slack: {url: URL}", "slack");
    harness.vendor.resetAll();
    harness.vendor.stubFor(
        any(anyUrl()).willReturn(okJson("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.2\"}")));
    harness.read("[{name: r, slack: {api_url: URL, token: T, channel: ops}}]");
    harness.send(message("slack", Kind.OPENED));
    harness.send(message("slack", Kind.UPDATE));
    List<JsonNode> bodies = new ArrayList<>(List.of(webhook));
    for (LoggedRequest request : harness.requests(3)) {
      bodies.add(json(request));
    }
    for (JsonNode body : bodies) {
      assertThat(body.at("/attachments/0/blocks").size()).isLessThanOrEqualTo(50);
      for (JsonNode section : body.at("/attachments/0/blocks")) {
        section
            .path("fields")
            .forEach(it -> assertThat(it.path("text").asText()).hasSizeLessThanOrEqualTo(2000));
      }
      assertThat(body.findValuesAsText("text"))
          .allSatisfy(
              text ->
                  assertThat(text.replaceAll("&(lt|gt|amp);", ""))
                      .hasSizeLessThanOrEqualTo(3000)
                      .doesNotContain("&"))
          .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(3000));
    }
    assertThat(webhook.at("/attachments/0/blocks/0/text/text").asText().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).startsWith("*<http://").endsWith(">*"));
  }

  @Test
  void opsgenieGetsItsFieldsWithinBounds() throws Exception {
    JsonNode alert = sent("opsgenie: {url: URL, api_key: K}", "opsgenie");
    assertThat(alert.path("message").asText()).hasSizeLessThanOrEqualTo(130);
    assertThat(alert.path("alias").asText()).hasSizeLessThanOrEqualTo(512);
    assertThat(alert.path("description").asText()).hasSizeLessThanOrEqualTo(15_000);
    assertThat(alert.path("entity").asText()).hasSizeLessThanOrEqualTo(512);
    assertThat(alert.path("source").asText()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void pushoverAndTwilioGetTheirFormsWithinBounds() throws Exception {
    Map<String, String> pushover =
        form(request("pushover: {url: URL, token: a, user: u}", "pushover", Kind.OPENED));
    assertThat(pushover.get("title")).hasSizeLessThanOrEqualTo(250);
    assertThat(pushover.get("message")).hasSizeLessThanOrEqualTo(1024);
    assertThat(pushover.get("url")).hasSizeLessThanOrEqualTo(512).doesNotContain("…");
    assertThat(pushover.get("url_title")).hasSizeLessThanOrEqualTo(100);
    Map<String, String> twilio =
        form(
            request(
                "twilio: {url: URL, account_sid: AC1, auth_token: s, from: '+1', to: '+2'}",
                "twilio",
                Kind.OPENED));
    assertThat(twilio.get("Body")).hasSizeLessThanOrEqualTo(1600);
  }

  @Test
  void anIssuesTitleIsOneLine() throws Exception {
    for (String settings :
        List.of(
            "github: {url: URL, repository: a/b, token: g}",
            "gitlab: {url: URL, project: a/b, token: l}")) {
      String title = sent(settings, settings.substring(0, 6)).path("title").asText();
      assertThat(title).hasSizeLessThanOrEqualTo(255).doesNotContain("\n");
    }
  }

  private static Map<String, String> form(LoggedRequest request) {
    return Arrays.stream(request.getBodyAsString().split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }
}

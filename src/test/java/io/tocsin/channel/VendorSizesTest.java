package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.tocsin.channel.ReceiverHarness.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition.Kind;
import io.tocsin.settings.SettingsProblem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Words of many bytes and of any length, in every field that people and alerts fill: each request
 * keeps to the size that the vendor takes, and what a reader acts by arrives whole.
 */
class VendorSizesTest {

  /** Three and four bytes for each character, quotes that JSON doubles. */
  private static final String WIDE = "警報\"💥\\\n".repeat(20_000);

  private static final String PAGE = "http://console.test/incidents/";

  private final ReceiverHarness harness = new ReceiverHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static Message message(String kind, Kind transition, boolean acknowledged) {
    Message plain = ReceiverHarness.message(kind, transition);
    Incident it = plain.incident();
    Incident incident =
        new Incident(
            it.id(),
            it.number(),
            it.group(),
            WIDE,
            it.severity(),
            it.state(),
            it.phase(),
            it.published(),
            List.of(WIDE),
            Collections.nCopies(60, it.alerts().getFirst()),
            it.openedAt(),
            acknowledged ? Optional.of(it.openedAt()) : Optional.empty(),
            acknowledged ? Optional.of(WIDE) : Optional.empty(),
            it.assignee(),
            it.roles(),
            it.resolvedAt(),
            0,
            0,
            List.of(),
            List.of(),
            it.lastSeq());
    return new Message(
        plain.destination(),
        plain.dedupKey(),
        plain.transition(),
        incident,
        WIDE,
        WIDE,
        plain.at(),
        plain.extent());
  }

  private LoggedRequest sent(String settings, String kind, Kind transition) throws Exception {
    return sent(settings, message(kind, transition, false));
  }

  private LoggedRequest sent(String settings, Message message) throws Exception {
    harness.vendor.resetAll();
    harness.vendor.stubFor(
        any(anyUrl())
            .willReturn(
                okJson("{\"ok\":true,\"id\":\"1\",\"number\":1,\"iid\":1,\"key\":\"A-1\"}")));
    harness.read("[{name: r, " + settings + "}]");
    harness.send(message);
    return harness.requests(1).getFirst();
  }

  @Test
  void aTeamsCardKeepsToTwentyEightKilobytesWithItsButtonsWhole() throws Exception {
    LoggedRequest request = sent("teams: {url: URL}", "teams", Kind.OPENED);
    assertThat(request.getBody()).hasSizeLessThanOrEqualTo(28 * 1024);
    JsonNode card = json(request).at("/attachments/0/content");
    assertThat(card.path("actions").findValuesAsText("url"))
        .hasSize(3)
        .allMatch(url -> url.startsWith("http://console.test/") && !url.contains("…"));
    assertThat(card.at("/body/1/text").asText()).hasSizeGreaterThan(500).endsWith("…");
    LoggedRequest usual = sent("teams: {url: URL}", ReceiverHarness.message("teams", Kind.OPENED));
    assertThat(usual.getBodyAsString()).doesNotContain("…");
  }

  @Test
  void aMattermostPostKeepsItsLinksBelowALongText() throws Exception {
    LoggedRequest request = sent("mattermost: {url: URL}", "mattermost", Kind.OPENED);
    JsonNode attachment = json(request).at("/attachments/0");
    assertThat(attachment.path("text").asText())
        .hasSizeLessThanOrEqualTo(16_383)
        .containsPattern(
            "…\n\\[Acknowledge]\\(http://console\\.test/\\S+\\) \\[Resolve]\\(\\S+\\)$");
  }

  @Test
  void opsgenieGetsEveryFieldWithinItsLimitAndTheLinkWhole() throws Exception {
    JsonNode alert = json(sent("opsgenie: {url: URL, api_key: K}", "opsgenie", Kind.OPENED));
    assertThat(alert.path("message").asText()).hasSizeLessThanOrEqualTo(130);
    assertThat(alert.path("description").asText())
        .hasSizeLessThanOrEqualTo(15_000)
        .containsPattern("…\n" + PAGE + "\\w+$");
    assertThat(alert.path("entity").asText()).hasSizeLessThanOrEqualTo(512);
    int details = 0;
    for (var detail : alert.path("details").properties()) {
      details += detail.getKey().length() + detail.getValue().asText().length();
    }
    assertThat(details).isLessThanOrEqualTo(8000);
    JsonNode word =
        json(
            sent("opsgenie: {url: URL, api_key: K}", message("opsgenie", Kind.ACKNOWLEDGED, true)));
    assertThat(word.path("user").asText()).hasSizeLessThanOrEqualTo(100);
    assertThat(word.path("note").asText()).hasSizeLessThanOrEqualTo(25_000);
    assertThat(word.path("source").asText()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void aPagerDutyEventKeepsTo512KilobytesWithWhateverWords() throws Exception {
    LoggedRequest request = sent("pagerduty: {url: URL, routing_key: K}", "pagerduty", Kind.OPENED);
    assertThat(request.getBody()).hasSizeLessThanOrEqualTo(512 * 1024);
    JsonNode payload = json(request).path("payload");
    assertThat(payload.path("summary").asText()).hasSizeLessThanOrEqualTo(1024);
    assertThat(payload.at("/custom_details/text").asText()).hasSizeGreaterThan(16_000);
    assertThat(json(request).findValuesAsText("href"))
        .hasSize(3)
        .allMatch(href -> href.startsWith("http://console.test/") && !href.contains("…"));
  }

  @Test
  void anIssuesDescriptionEndsInTheLinkToItsIncident() throws Exception {
    for (String settings :
        List.of(
            "github: {url: URL, repository: a/b, token: g}",
            "gitlab: {url: URL, project: a/b, token: l}",
            "jira: {url: URL, project: A, token: j, labels: [tocsin]}")) {
      String kind = settings.substring(0, settings.indexOf(':'));
      JsonNode issue = json(sent(settings, kind, Kind.OPENED));
      String text =
          issue.path("body").asText()
              + issue.path("description").asText()
              + issue.at("/fields/description").asText();
      assertThat(text)
          .as(kind)
          .hasSizeLessThanOrEqualTo(32_767)
          .containsPattern("…\n" + PAGE + "\\w+\n$");
    }
  }

  @Test
  void aJiraLabelWithASpaceIsAnErrorOfTheFile() {
    assertThatThrownBy(
            () ->
                harness.read(
                    "[{name: r, jira: {url: URL, project: A, token: j, labels: [ok, two words]}}]"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("tocsin.yaml:1:")
        .hasMessageContaining("two words")
        .hasMessageContaining("labels of 1 to 255 characters without spaces");
  }

  @Test
  void ntfyGetsAMessageAndNotAFile() throws Exception {
    JsonNode note = json(sent("ntfy: {url: URL, topic: t}", "ntfy", Kind.OPENED));
    assertThat(bytes(note.path("message").asText())).isLessThanOrEqualTo(4096);
    assertThat(note.path("actions").findValuesAsText("url"))
        .hasSize(3)
        .allMatch(url -> url.startsWith("http://console.test/") && !url.contains("…"));
  }

  @Test
  void discordAndTelegramCountCharactersAndGetNoMore() throws Exception {
    JsonNode embed = json(sent("discord: {url: URL}", "discord", Kind.OPENED)).at("/embeds/0");
    int all = embed.path("title").asText().length() + embed.path("description").asText().length();
    for (JsonNode field : embed.path("fields")) {
      assertThat(field.path("value").asText()).hasSizeLessThanOrEqualTo(1024);
      all += field.path("name").asText().length() + field.path("value").asText().length();
    }
    assertThat(all).isLessThanOrEqualTo(6000);
    assertThat(embed.path("description").asText()).endsWith(")").hasSizeLessThanOrEqualTo(4096);
    JsonNode card =
        json(sent("telegram: {url: URL, token: T, chat_id: '5'}", "telegram", Kind.OPENED));
    assertThat(card.path("text").asText().replaceAll("</?b>", "")).hasSizeLessThanOrEqualTo(4096);
  }

  @Test
  void anSmsKeepsItsLinkWithin1600Characters() throws Exception {
    String form =
        sent(
                "twilio: {url: URL, account_sid: A, auth_token: s, from: '+1', to: '+2'}",
                "twilio",
                Kind.OPENED)
            .getBodyAsString();
    String body = URLDecoder.decode(form.replaceAll(".*Body=", ""), StandardCharsets.UTF_8);
    assertThat(body).hasSizeLessThanOrEqualTo(1600).containsPattern("\nAck: http://\\S+$");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

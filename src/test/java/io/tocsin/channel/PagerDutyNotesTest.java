package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.NoteMark;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Transition;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our notes at PagerDuty, by the documented shapes of its REST API. */
class PagerDutyNotesTest {

  private static final String RECEIVER =
      "[{ name: r, pagerduty: { routing_key: K, url: URL/v2/enqueue, api_token: secret,"
          + " api_from: ops@example.com, api_url: URL } }]";

  private final ReceiverHarness harness = new ReceiverHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static Message note() {
    return ReceiverHarness.message("pagerduty_notes", Transition.Kind.NOTE);
  }

  private void knows(String incidents, String notes) {
    harness.vendor.stubFor(
        get(urlPathEqualTo("/incidents"))
            .withQueryParam("incident_key", equalTo(note().dedupKey()))
            .willReturn(okJson("{\"incidents\":" + incidents + "}")));
    harness.vendor.stubFor(
        get(urlPathEqualTo("/incidents/PT4KHLK/notes"))
            .willReturn(okJson("{\"notes\":" + notes + "}")));
    harness.vendor.stubFor(
        post(urlPathEqualTo("/incidents/PT4KHLK/notes"))
            .willReturn(aResponse().withStatus(200).withBody("{\"note\":{\"id\":\"PWL7QXS\"}}")));
  }

  @Test
  void aNoteIsWrittenOnTheIncidentThatOurKeyOpened() throws Exception {
    Channels channels = harness.read(RECEIVER);
    assertThat(channels.notes())
        .containsEntry(
            new Destination("r", "pagerduty", 0), new Destination("r", "pagerduty_notes", 0));
    knows("[{\"id\":\"PT4KHLK\"}]", "[]");
    assertThat(harness.send(note())).isInstanceOf(SendResult.Delivered.class);
    List<LoggedRequest> requests = harness.requests(3);
    LoggedRequest written = requests.getLast();
    assertThat(written.getHeader("Authorization")).isEqualTo("Token token=secret");
    assertThat(written.getHeader("From")).isEqualTo("ops@example.com");
    assertThat(ReceiverHarness.json(written).at("/note/content").asText())
        .isEqualTo(mark() + " " + note().text());
    assertThat(channels.views(harness.now).toString()).doesNotContain("secret");
  }

  private static String mark() {
    return NoteMark.of(note().incident().id(), note().transition().seq());
  }

  @Test
  void aNoteThatIsThereAlreadyIsNotWrittenAgain() throws Exception {
    harness.read(RECEIVER);
    knows("[{\"id\":\"PT4KHLK\"}]", "[{\"content\":\"" + mark() + " said\"}]");
    assertThat(harness.send(note())).isInstanceOf(SendResult.Delivered.class);
    harness.requests(2);
  }

  @Test
  void anIncidentThatPagerDutyDoesNotKnowAndAnApiThatIsDownAreToldApart() throws Exception {
    harness.read(RECEIVER);
    knows("[]", "[]");
    assertThat(harness.send(note())).isInstanceOf(SendResult.Refused.class);
    harness.vendor.stubFor(
        get(urlPathEqualTo("/incidents")).willReturn(aResponse().withStatus(503)));
    assertThat(harness.send(note())).isInstanceOf(SendResult.Retry.class);
  }

  @Test
  void withoutATokenNotesStayHereAndATokenNeedsItsUser() {
    assertThat(harness.read("[{ name: r, pagerduty: { routing_key: K } }]").notes()).isEmpty();
    assertThatThrownBy(
            () ->
                harness.read(
                    "[{ name: r, pagerduty: { routing_key: K, api_token: t, api_from: me } }]"))
        .hasMessageContaining("api_from");
  }
}

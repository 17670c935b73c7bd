package io.tocsin.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job on the packaged jar: a real target breaks, and the trouble is followed to its end.
 */
class MainJobIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension
  static final WireMockExtension WORLD =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @TempDir private Path folder;

  @BeforeEach
  void theWorldIsFine() {
    target(200);
    WORLD.stubFor(post(urlEqualTo("/pagerduty")).willReturn(aResponse().withStatus(202)));
  }

  @Test
  void aBrokenTargetIsFollowedFromVerdictToPostmortem() throws Exception {
    try (var tocsin = TocsinProcess.start(folder, configuration());
        var chromium = new Chromium()) {
      Browser browser = chromium.browser();
      waitForState(tocsin, "operational");
      String id = breakAndBePaged(tocsin);
      statusPageTellsTheTruth(tocsin, browser);
      acknowledge(tocsin, id);
      heal(tocsin, id);
      postmortemIsDrafted(tocsin, id);
    }
  }

  @Test
  void theSameWithKillMinusNineInTheMiddle() throws Exception {
    try (var tocsin = TocsinProcess.start(folder, configuration())) {
      waitForState(tocsin, "operational");
      String id = breakAndBePaged(tocsin);

      tocsin.kill();
      tocsin.start();

      assertThat(incidents(tocsin))
          .extracting(incident -> incident.path("id").asText())
          .containsExactly(id);
      acknowledge(tocsin, id);
      tocsin.kill();
      tocsin.start();
      assertThat(incidents(tocsin).getFirst().path("acknowledged_at").asText()).isNotEmpty();
      heal(tocsin, id);
      postmortemIsDrafted(tocsin, id);
      assertThat(pages("trigger", id))
          .as("at least once, and never with different content, whatever happened to us")
          .isNotEmpty()
          .containsOnly(pages("trigger", id).getFirst());
    }
  }

  private static String configuration() {
    return """
    database: embedded
    checks:
      - name: payment-api
        component: Payments
        http: { url: '%s', expect: { status: 200 } }
        interval: 1s
        timeout: 1s
        down_after: 2
        up_after: 2
        severity: critical
    receivers:
      - name: ops
        pagerduty: { url: '%s', routing_key: R1 }
    route: { receiver: ops }
    status_page: { title: Acme Cloud status }
    """
        .formatted(WORLD.url("/health"), WORLD.url("/pagerduty"));
  }

  private static void target(int status) {
    WORLD.stubFor(get(urlEqualTo("/health")).willReturn(aResponse().withStatus(status)));
  }

  private static String breakAndBePaged(TocsinProcess tocsin) throws Exception {
    target(503);
    eventually(PATIENCE, () -> assertThat(incidents(tocsin)).hasSize(1));
    JsonNode incident = incidents(tocsin).getFirst();
    assertThat(incident.path("severity").asText()).isEqualTo("critical");
    String id = incident.path("id").asText();
    eventually(PATIENCE, () -> assertThat(pages("trigger", id)).isNotEmpty());
    JsonNode page = pages("trigger", id).getFirst();
    assertThat(page.path("routing_key").asText()).isEqualTo("R1");
    assertThat(page.at("/payload/severity").asText()).isEqualTo("critical");
    waitForState(tocsin, "major_outage");
    return id;
  }

  private static void statusPageTellsTheTruth(TocsinProcess tocsin, Browser browser) {
    try (Page page = browser.newPage()) {
      page.navigate(tocsin.page("/").toString());
      assertThat(page.title()).contains("Acme Cloud status");
      assertThat(page.locator("main").innerText()).contains("Payments").contains("Major outage");
    }
  }

  private static void acknowledge(TocsinProcess tocsin, String id) throws Exception {
    var answer = tocsin.post("/api/v1/incidents/" + id + "/acknowledge", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    eventually(PATIENCE, () -> assertThat(pages("acknowledge", id)).isNotEmpty());
  }

  private static void heal(TocsinProcess tocsin, String id) throws Exception {
    target(200);
    eventually(PATIENCE, () -> assertThat(pages("resolve", id)).hasSize(1));
    eventually(PATIENCE, () -> assertThat(incidents(tocsin)).isEmpty());
    waitForState(tocsin, "operational");
    var conflict = tocsin.post("/api/v1/incidents/" + id + "/acknowledge", "");
    assertThat(conflict.statusCode()).isEqualTo(409);
  }

  private static void postmortemIsDrafted(TocsinProcess tocsin, String id) {
    eventually(
        PATIENCE,
        () -> {
          var answer = tocsin.get(tocsin.ops("/api/v1/incidents/" + id + "/postmortem.md"));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          assertThat(answer.body()).contains("Payments").contains("Timeline");
        });
  }

  private static void waitForState(TocsinProcess tocsin, String state) {
    eventually(
        PATIENCE,
        () ->
            assertThat(
                    tocsin
                        .json(tocsin.page("/api/v2/summary.json"))
                        .at("/components/0/status")
                        .asText())
                .isEqualTo(state));
  }

  private static List<JsonNode> incidents(TocsinProcess tocsin) throws Exception {
    JsonNode body = tocsin.json(tocsin.ops("/api/v1/incidents"));
    JsonNode list = body.isArray() ? body : body.path("incidents");
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private static List<JsonNode> pages(String action, String id) {
    return WORLD.findAll(postRequestedFor(urlEqualTo("/pagerduty"))).stream()
        .map(
            request -> {
              try {
                return JSON.readTree(request.getBody());
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            })
        .filter(event -> event.path("event_action").asText().equals(action))
        .filter(event -> event.path("dedup_key").asText().equals(id))
        .toList();
  }
}

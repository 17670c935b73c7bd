package io.tocsin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tocsin.web.Browser;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A responder's whole day in a real browser over the whole service: paged, acknowledged on a phone,
 * customers told, resolved, and the post-mortem written, reviewed and published.
 */
@ExtendWith(Browser.class)
class ResponderDayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension
  static final WireMockExtension PAGER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @TempDir private Path folder;

  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
  private Server server;

  @BeforeEach
  void start() throws Exception {
    PAGER.stubFor(post(urlEqualTo("/page")).willReturn(aResponse().withStatus(200)));
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:%d, public: 127.0.0.1:0 }
            auth: open
            receivers: [ { name: ops, webhook: { url: '%s' } } ]
            route: { receiver: ops }
            components: [ { name: Payments } ]
            status_page: { title: Acme Cloud status }
            """
                .formatted(freePort(), PAGER.url("/page")));
    server =
        Server.start(
            Configuration.read(file, Map.of()),
            folder.resolve("data"),
            () -> Instant.now().plus(passed.get()),
            ServerExtras.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void fromThePageToThePublishedPostMortem(Browser.Tabs tabs) throws Exception {
    supportDeclares();
    JsonNode paged = told("incident.opened");
    String incident = paged.at("/incident/url").asText();
    String id = paged.at("/incident/id").asText();

    Page phone = tabs.phone();
    phone.navigate(incident);
    phone.getByRole(AriaRole.BUTTON, named("Acknowledge")).click();
    assertThat(phone.getByText("with local")).isVisible();
    told("incident.acknowledged");
    customersAreTold(phone);
    Page visitor = tabs.withoutScripts();
    String publicPage = server.page().url().replaceAll("/$", "") + "/incidents/" + id;
    eventually(
        PATIENCE,
        () -> assertThat(visitor.navigate(publicPage).text()).contains("We have found the cause"));
    resolves(phone);
    told("incident.resolved");

    passed.set(Duration.ofDays(6));
    Page desk = tabs.desktop();
    String console = server.console().url().replaceAll("/$", "");
    eventually(
        PATIENCE,
        () ->
            assertThat(desk.navigate(console + "/postmortems?state=overdue").text())
                .contains("/incidents/" + id + "/postmortem"));
    desk.locator("a[data-open]").click();
    eventually(
        PATIENCE,
        () -> {
          desk.reload();
          assertThat(desk.locator("article.prose").count()).isEqualTo(1);
        });
    writesAndPublishes(desk);
    eventually(
        PATIENCE,
        () ->
            assertThat(visitor.navigate(publicPage).text()).contains("Nobody was charged twice."));
    assertThat(visitor.locator(".summary")).containsText("A certificate had run out.");
    assertThat(
            new AxeBuilder(desk)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag22aa"))
                .analyze()
                .getViolations())
        .isEmpty();
  }

  private static void customersAreTold(Page phone) {
    phone.locator("#text").click();
    phone.locator("#composer .switch label").nth(1).click();
    phone.locator("#phase").selectOption("identified");
    phone.locator("#text").fill("We have found the cause and are rolling back.");
    phone.getByRole(AriaRole.BUTTON, named("Post update")).click();
    assertThat(phone.locator(".timeline")).containsText("We have found the cause");
    assertThat((int) phone.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        .as("the phone scrolls only down")
        .isLessThanOrEqualTo(0);
  }

  private static void resolves(Page phone) {
    phone.getByRole(AriaRole.BUTTON, named("Resolve")).click();
    phone.locator("#confirm-reason").fill("the certificate was renewed");
    phone.locator("#confirm-yes").click();
    assertThat(phone.locator(".incident-head")).containsText("Resolved");
  }

  private static void writesAndPublishes(Page desk) {
    desk.getByRole(AriaRole.LINK, named("Edit")).click();
    String draft = desk.locator("#markdown").inputValue();
    assertThat(draft).contains("## Root cause").contains("We have found the cause");
    desk.locator("#markdown")
        .fill(
            draft.substring(0, draft.indexOf("## For affected customers"))
                + "## For affected customers\n\nA certificate had run out."
                + " Nobody was charged twice.\n");
    desk.getByRole(AriaRole.BUTTON, named("Save")).click();
    desk.getByRole(AriaRole.BUTTON, named("Send to review")).click();
    assertThat(desk.locator("#public-summary"))
        .hasValue("A certificate had run out. Nobody was charged twice.");
    desk.getByRole(AriaRole.BUTTON, named("Publish")).click();
    assertThat(desk.locator(".stages [aria-current]")).hasText("Published");
  }

  private void supportDeclares() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.console().url() + "api/v1/incidents"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            """
                            {"title":"Card payments fail","severity":"critical",
                             "components":["Payments"]}
                            """))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** What the pager was told of an event. */
  private static JsonNode told(String event) {
    var found = new AtomicReference<JsonNode>();
    eventually(
        PATIENCE,
        () -> {
          for (var request : PAGER.findAll(postRequestedFor(urlEqualTo("/page")))) {
            JsonNode body = JSON.readTree(request.getBody());
            if (body.path("event").asText().equals(event)) {
              found.set(body);
            }
          }
          assertThat(found.get()).as(event).isNotNull();
        });
    return found.get();
  }
}

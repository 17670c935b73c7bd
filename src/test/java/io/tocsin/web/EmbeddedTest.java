package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.Phase;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageInput;
import io.tocsin.statuspage.PublicWords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What other sites show of the page: its badges and its widget. */
@ExtendWith(Browser.class)
class EmbeddedTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static PageServers servers;
  private static StatusSite site;
  private static String status;
  private static HttpServer customer;
  private static volatile PageInput input = Fabricated.input(NOW);
  private static volatile String attributes = "";

  @BeforeAll
  static void open() throws Exception {
    servers = new PageServers();
    site =
        servers.site(
            Fabricated.showcase(),
            now -> input,
            InstantSource.fixed(NOW),
            new StatusSite.Reach(false, Optional.empty()));
    status = servers.openPublic(0, site);
    customer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    customer.createContext(
        "/",
        exchange -> {
          byte[] page = html().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Security-Policy",
                  "default-src 'none'; script-src %1$s; connect-src %1$s; img-src %1$s"
                      .formatted(status));
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    customer.start();
  }

  private static String html() {
    return "<!doctype html><html lang=en><title>Customer</title><h1>Shop</h1><img alt=\"\" src=\""
        + status
        + "/badge/payment-api.svg\"><script src=\""
        + status
        + "/embed/script.js\" async "
        + attributes
        + "></script></html>";
  }

  @AfterAll
  static void close() {
    customer.stop(0);
    servers.close();
  }

  @BeforeEach
  void trouble() {
    attributes = "";
    now(Fabricated.rich(NOW));
  }

  private static void now(PageInput next) {
    input = next;
    site.refresh();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(status + path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void badgesAreServedWithATagAndMayBeShownAnywhere() throws Exception {
    HttpResponse<String> badge = get("/badge/payment-api.svg");
    assertThat(badge.statusCode()).isEqualTo(200);
    assertThat(badge.headers().firstValue("Content-Type")).contains("image/svg+xml; charset=utf-8");
    assertThat(badge.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
    assertThat(badge.body()).contains("aria-label=\"Payment API: Partial outage\"");
    String tag = badge.headers().firstValue("ETag").orElseThrow();
    assertThat(get("/badge/payment-api.svg", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("/badge/nothing.svg").statusCode()).isEqualTo(404);
    assertThat(get("/api/badge/payment-api/uptime/720").body()).contains("uptime 30d: ");
    HttpResponse<String> shields = get("/badge/payment-api/uptime/30d.json");
    assertThat(shields.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(new ObjectMapper().readTree(shields.body()).path("message").asText()).endsWith(" %");
  }

  @Test
  void aPrivatePageGivesNothingAwayInBadges() throws Exception {
    String shut = servers.openPublic(0, site, new TokenDoor(List.of("a-token-of-some-length")));
    for (String path : List.of("/badge.svg", "/api/badge/payment-api/status", "/maintenance.ics")) {
      var answer =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(shut + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
    }
  }

  /** A customer's page whose policy forbids all but the status page's host. */
  private static Page shop(Page page, List<String> complaints) {
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.clock().setFixedTime(NOW.toEpochMilli());
    page.navigate("http://127.0.0.1:" + customer.getAddress().getPort() + "/");
    return page;
  }

  @Test
  void theWidgetTellsOfAnIncidentUnderAStrictPolicyUntilItIsClosed(Browser.Tabs tabs) {
    var complaints = new ArrayList<String>();
    Page page = shop(tabs.desktop(), complaints);
    Locator card = page.locator(".card");
    assertThat(card).hasClass("card red corner bottom-right");
    assertThat(card.locator("a")).hasText("AI models: major outage (and 1 more)");
    assertThat(card.locator("a"))
        .hasAttribute("href", "https://status.acme.example/incidents/i185abcdef");
    assertThat(page.locator("img").evaluate("it => it.naturalWidth > 0")).isEqualTo(true);
    card.locator("button").click();
    assertThat(card).hasCount(0);
    page.reload();
    page.waitForResponse(answer -> answer.url().endsWith("/summary.json"), () -> page.reload());
    assertThat(card).hasCount(0);
    assertThat(complaints).filteredOn(it -> !it.contains("favicon")).isEmpty();
  }

  @Test
  void theWidgetIsSilentWhenAllIsWellUnlessItStandsInThePage(Browser.Tabs tabs) {
    now(Fabricated.calm(NOW));
    Page page = tabs.phone();
    page.waitForResponse(
        answer -> answer.url().endsWith("/summary.json"), () -> shop(page, new ArrayList<>()));
    assertThat(page.locator(".card")).hasCount(0);
    attributes = "data-position=inline";
    page.reload();
    assertThat(page.locator(".card.good.inline a")).hasText("All Systems Operational");
  }

  @Test
  void theWidgetSpeaksTheLanguageOfItsAttributeOrOfTheVisitor(Browser.Tabs tabs) {
    Page page = shop(tabs.desktop(), new ArrayList<>());
    Locator card = page.locator(".card");
    Locator link = card.locator("a");
    Map<String, List<String>> expected =
        Map.of(
            "de", List.of("AI models: schwerer Ausfall (und 1 weitere)", "Schließen"),
            "fr", List.of("AI models : panne majeure (et 1 de plus)", "Fermer"),
            "es", List.of("AI models: interrupción grave (y 1 más)", "Cerrar"),
            "hi", List.of("AI models: बड़ी रुकावट (और 1 अन्य)", "बंद करें"));
    expected.forEach(
        (language, words) -> {
          attributes = "data-lang=" + language;
          page.reload();
          assertThat(link).hasText(words.getFirst());
          assertThat(card.locator("button")).hasAttribute("aria-label", words.getLast());
          assertThat(page.locator("[role=status]")).hasAttribute("lang", language);
        });
    attributes = "data-lang=xx";
    page.addInitScript(
        "Object.defineProperty(navigator, 'languages', { get: () => ['ja', 'de-AT', 'en'] })");
    page.reload();
    assertThat(link).hasText("AI models: schwerer Ausfall (und 1 weitere)");
    now(Fabricated.calm(NOW));
    attributes = "data-position=inline";
    page.reload();
    assertThat(link).hasText("Alle Systeme verfügbar");
  }

  @Test
  void whatThePageSaysByItselfIsTranslatedAndAPersonsWordsAreNot(Browser.Tabs tabs) {
    Incident own =
        Fabricated.incident(
                190, "own", Severity.HIGH, List.of("Payment API"), NOW.minusSeconds(600))
            .updates(Fabricated.update(NOW.minusSeconds(600), Phase.INVESTIGATING, true, ""))
            .make();
    var calm = Fabricated.calm(NOW);
    now(new PageInput(List.of(own), calm.checks(), List.of(), calm.days(), NOW));
    attributes = "data-lang=de";
    Page page = shop(tabs.desktop(), new ArrayList<>());
    PublicWords german = PublicWords.in(Language.DE);
    var shown = site.snapshot().open().getFirst();
    assertThat(page.locator(".card p")).hasText(german.text(shown, shown.updates().getFirst()));
    assertThat(page.locator(".card p")).not().hasText(shown.updates().getFirst().text());
    Incident written =
        Fabricated.incident(
                191, "own", Severity.HIGH, List.of("Payment API"), NOW.minusSeconds(600))
            .updates(
                Fabricated.update(
                    NOW.minusSeconds(300), Phase.IDENTIFIED, false, "We are rolling back."))
            .make();
    now(new PageInput(List.of(written), calm.checks(), List.of(), calm.days(), NOW));
    page.reload();
    assertThat(page.locator(".card p")).hasText("We are rolling back.");
  }
}

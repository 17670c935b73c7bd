package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import io.tocsin.slo.DayUptime;
import io.tocsin.statuspage.ComponentState;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.PageInput;
import io.tocsin.statuspage.PageSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browser.class)
class StatusPageBrowserTest {

  private static PageServers servers;
  private static String address;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    address = servers.openPublic(0, now -> Fabricated.input(NOW), InstantSource.fixed(NOW));
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static long overflow(Page page) {
    return ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .longValue();
  }

  @Test
  void everythingReadsWithoutScripts(Browser.Tabs tabs) {
    Page page = tabs.withoutScripts();
    page.navigate(address);
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Major outage: AI models");
    assertThat(page.getByText("Data as of 14:05:12 UTC")).isVisible();
    assertThat(page.getByText("Payments that failed were not charged.")).isVisible();
    assertThat(page.getByText("99.78 % uptime in 90 days").first()).isVisible();
    page.getByText("7 days with trouble").click();
    assertThat(page.getByText("14 min partial outage").first()).isVisible();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Colours: Dark")).click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat((String) page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(15, 18, 22)");
  }

  @Test
  void aPhoneShowsThirtyBarsAndScrollsOnlyDown(Browser.Tabs tabs) {
    Page page = tabs.phone();
    for (String path : List.of("/", "/incidents/i184abcdef", "/history", "/nowhere")) {
      page.navigate(address + path);
      assertThat(overflow(page)).as(path).isZero();
    }
    page.navigate(address);
    assertThat(page.locator(".bars").first().locator("i:visible")).hasCount(30);
  }

  @Test
  void theBrowserFindsNothingToRefuse(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    List<String> complaints = new ArrayList<>();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    List<String> foreign = new ArrayList<>();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(address)) {
            foreign.add(request.url());
          }
        });
    page.navigate(address);
    page.locator(".bars").first().hover();
    assertThat(complaints).isEmpty();
    assertThat(foreign).isEmpty();
  }

  @Test
  void theKeyboardReachesTheBarsAndHearsEachDay(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address);
    var strip = page.locator(".bars").first();
    strip.focus();
    page.keyboard().press("End");
    assertThat(strip).hasAttribute("aria-valuetext", "21 Nov: no trouble");
    assertThat(page.locator(".tip")).hasText("21 Nov: no trouble");
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator(".tip")).hasText("20 Nov: no trouble");
  }

  @Test
  void focusIsAlwaysVisibleAndTheFirstStopSkipsToTheContent(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address);
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to content")).isFocused();
    assertThat(page.getByText("Skip to content")).isInViewport();
    for (int stop = 0; stop < 6; stop++) {
      page.keyboard().press("Tab");
      assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
    }
  }

  @Test
  void allTextHasAContrastOfAtLeastFourAndAHalf(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    for (String theme : List.of("light", "dark")) {
      page.navigate(address);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Colours: " + theme))
          .click();
      assertThat(page.locator("html")).hasAttribute("data-theme", theme);
      assertThat(Contrast.below(page, 4.5)).as(theme).isEmpty();
    }
  }

  private static String rich() {
    return servers.openPublic(
        0,
        servers.site(
            Fabricated.showcase(),
            now -> Fabricated.rich(NOW),
            InstantSource.fixed(NOW),
            Optional.empty()));
  }

  @Test
  void theKeyboardAloneLeadsFromADayToItsIncidentAndBack(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address);
    var strip = page.locator("#c-database .bars");
    for (int stop = 0; stop < 60 && !focused(page, "#c-database .bars"); stop++) {
      page.keyboard().press("Tab");
    }
    assertThat(strip).isFocused();
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("Enter");
    assertThat(page.locator("#c-database .told")).containsText("19 Nov");
    page.keyboard().press("Enter");
    assertThat(page.locator("#c-database .told")).hasCount(0);
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("#days-database")).hasAttribute("open", "");
    page.locator("#subscribe summary").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByText("Atom feed").first()).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.getByText("Atom feed").first()).isHidden();
    assertThat(page.locator("#subscribe summary")).isFocused();
    page.locator(".incident h3 a").first().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("AI models: major outage");
    page.goBack();
    assertThat(page.locator("h1")).hasText("Major outage: AI models");
  }

  private static boolean focused(Page page, String selector) {
    return (Boolean) page.evaluate("it => document.activeElement.matches(it)", selector);
  }

  @Test
  void timesAreTheVisitorsOwn(Browser.Tabs tabs) {
    Page page =
        tabs.page(
            new com.microsoft.playwright.Browser.NewContextOptions().setTimezoneId("Asia/Kolkata"));
    page.navigate(address);
    assertThat(page.locator(".asof time")).hasText("19:35:12 GMT+5:30");
    assertThat(page.locator(".asof time")).hasAttribute("title", "14:05:12 UTC");
  }

  @Test
  void theLanguageIsSwitchedWithoutScriptsAndKept(Browser.Tabs tabs) {
    Page page = tabs.withoutScripts();
    page.navigate(address + "/history");
    page.locator("#languages summary").click();
    page.locator("#languages a[lang=de]").click();
    assertThat(page.locator("html")).hasAttribute("lang", "de");
    assertThat(page.locator("h1")).hasText("Störungen und Wartung, November 2026");
    page.navigate(address);
    assertThat(page.locator("h1")).hasText("Schwerer Ausfall: AI models");
  }

  @Test
  void fromRightToLeftNothingIsPushedOut(Browser.Tabs tabs) {
    Page page = tabs.phone();
    page.navigate(rich());
    page.evaluate("document.documentElement.dir = 'rtl'");
    assertThat(overflow(page)).isZero();
    assertThat(
            (String)
                page.evaluate(
                    "getComputedStyle(document.querySelector('.banner')).borderRightWidth"))
        .isEqualTo("6px");
  }

  @Test
  void whoWantsNoMotionGetsNone(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.navigate(address);
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('*')].map(it => getComputedStyle(it)).filter(it =>"
                    + " parseFloat(it.transitionDuration) > 0 || it.animationName !="
                    + " 'none').length"))
        .isEqualTo(0);
  }

  @Test
  void everyStateHasAShapeOfItsOwnBesideItsColour(Browser.Tabs tabs) {
    Page page = tabs.withoutScripts();
    page.navigate(rich());
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('.state, .tag:not(.plain), .past h4,"
                    + " .banner')].filter(it => !it.querySelector('svg.icon') ||"
                    + " !it.innerText.trim()).length"))
        .isEqualTo(0);
    assertThat(
            page.evaluate(
                "Object.values(Object.groupBy(document.querySelectorAll('svg.icon'), it =>"
                    + " it.innerHTML.replace(/\\s+/g, ''))).every(same => new Set(same.map(it =>"
                    + " [...it.classList].find(name => name.startsWith('ink-')))).size == 1)"))
        .isEqualTo(true);
  }

  @Test
  void thirtyComponentsComeInSixtyKilobytes() throws Exception {
    var components = new ArrayList<PageSpec.Component>();
    Map<String, ComponentState> checks = new LinkedHashMap<>();
    Map<String, List<DayUptime>> days = new LinkedHashMap<>();
    var known = List.copyOf(Fabricated.days(NOW).values());
    for (int i = 0; i < 30; i++) {
      String name = "Component " + i;
      components.add(
          new PageSpec.Component("c" + i, name, Optional.of("Group " + i / 5), "What it does"));
      checks.put(name, ComponentState.OPERATIONAL);
      days.put(name, known.get(i % known.size()));
    }
    PageInput rich = Fabricated.rich(NOW);
    String page =
        servers.openPublic(
            0,
            servers.site(
                new PageSpec("Thirty", Optional.empty(), components),
                now -> new PageInput(rich.incidents(), checks, rich.maintenance(), days, NOW),
                InstantSource.fixed(NOW),
                Optional.empty()));
    String html = text(page + "/");
    var css = Pattern.compile("/assets/tocsin\\.[0-9a-f]+\\.css").matcher(html);
    assertThat(html.split("class=\"component\"", -1)).hasSize(31);
    assertThat(css.find()).isTrue();
    assertThat(compressed(page + "/") + compressed(page + css.group())).isLessThan(60_000);
  }

  private static String text(String address) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static int compressed(String address) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address)).header("Accept-Encoding", "gzip").build();
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      return answer.body().length;
    }
  }
}

package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tocsin.statuspage.Fabricated;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
}

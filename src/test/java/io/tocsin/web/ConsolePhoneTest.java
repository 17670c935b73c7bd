package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import io.tocsin.access.AccessPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the console on a telephone's screen. */
@ExtendWith(Browser.class)
class ConsolePhoneTest {

  /** What is wider than its place: the page itself, or a table that would have to be pushed. */
  private static final String CUT =
      """
      () => {
        const wide = (e) => e.scrollWidth > e.clientWidth + 1;
        const cut = [...document.querySelectorAll('.table')].filter(wide)
          .map((e) => `${e.getAttribute('aria-label')}: ${e.scrollWidth} > ${e.clientWidth}`);
        const root = document.documentElement;
        if (root.scrollWidth > innerWidth) cut.push(`page: ${root.scrollWidth} > ${innerWidth}`);
        return cut.join(', ');
      }
      """;

  @Test
  void noPageHasToBePushedSidewaysToBeRead(Browser.Tabs tabs) {
    try (var servers = new PageServers()) {
      String busy =
          servers.openConsole(
              0, FabricatedDesk.busy(NOW), InstantSource.fixed(NOW), AccessPolicy.OPEN);
      // Layout alone: without scripts a page is there at once.
      Page page =
          tabs.page(
              new NewContextOptions()
                  .setJavaScriptEnabled(false)
                  .setViewportSize(390, 844)
                  .setIsMobile(true));
      var found = new ArrayList<String>();
      PictureBook.PAGES.forEach(
          (name, path) -> {
            page.navigate(busy + path);
            PictureBook.ACTS.getOrDefault(name, ignored -> {}).accept(page);
            Object cut = page.evaluate(CUT);
            if (!"".equals(cut)) {
              found.add(name + " " + cut);
            }
          });
      assertThat(found).isEmpty();
    }
  }

  @Test
  void onATabletATitleHasRoomBesideTheRail(Browser.Tabs tabs) {
    try (var servers = new PageServers()) {
      String busy =
          servers.openConsole(
              0, FabricatedDesk.busy(NOW), InstantSource.fixed(NOW), AccessPolicy.OPEN);
      Page page =
          tabs.page(new NewContextOptions().setJavaScriptEnabled(false).setViewportSize(820, 1180));
      for (String path : List.of("/", "/incidents/i185abcdef", "/checks/payment-api", "/demo")) {
        page.navigate(busy + path);
        Object narrowest =
            page.evaluate(
                "Math.min(...[...document.querySelectorAll('.row-what, .incident-head h1')]"
                    + ".map(it => it.clientWidth))");
        assertThat(((Number) narrowest).doubleValue()).as(path).isBetween(240.0, 820.0);
      }
    }
  }
}

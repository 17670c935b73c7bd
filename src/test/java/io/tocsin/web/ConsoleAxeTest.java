package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tocsin.access.AccessPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the console against the rules of WCAG 2.2 AA that a machine can check. */
@ExtendWith(Browser.class)
class ConsoleAxeTest {

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static PageServers servers;
  private static String busy;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    busy =
        servers.openConsole(
            0, FabricatedDesk.busy(NOW), InstantSource.fixed(NOW), AccessPolicy.OPEN);
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static List<String> violations(Page page, String name) {
    return violations(new AxeBuilder(page).withTags(RULES), name);
  }

  private static List<String> violations(AxeBuilder axe, String name) {
    var found = new ArrayList<String>();
    for (Rule rule : axe.analyze().getViolations()) {
      rule.getNodes().forEach(node -> found.add(name + " " + rule.getId() + ": " + node.getHtml()));
    }
    return found;
  }

  @Test
  void everyPageKeepsTheRulesInLightAndInDark(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(busy + "/incidents/i184abcdef/postmortem");
    page.locator("form[action$='/draft'] button").click();
    var paths = new ArrayList<>(PictureBook.PAGES.values());
    paths.add("/incidents/i184abcdef/postmortem/edit");
    paths.add("/incidents/i184abcdef/postmortem/versions");
    var found = new ArrayList<String>();
    for (String path : paths) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      page.navigate(busy + path);
      found.addAll(violations(page, path));
      // In the dark only colours are others.
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      found.addAll(
          violations(new AxeBuilder(page).withRules(List.of("color-contrast")), "dark " + path));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void thePaletteAndTheKeysKeepThemToo(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(busy + "/");
    page.keyboard().press("Control+k");
    page.locator("#palette-hits [data-hit]").first().waitFor();
    var found = new ArrayList<>(violations(page, "palette"));
    page.keyboard().press("Escape");
    com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(
            page.locator("#palette[open]"))
        .hasCount(0);
    page.keyboard().press("?");
    page.locator("#keys[open]").waitFor();
    found.addAll(violations(page, "keys"));
    assertThat(found).isEmpty();
  }
}

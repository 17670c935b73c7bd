package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tocsin.access.AccessPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the console against the rules of WCAG 2.2 AA that a machine can check. */
@ExtendWith(Browser.class)
class ConsoleAxeTest {

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

  @Test
  void everyPageKeepsTheRulesInLightAndInDark(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(busy + "/incidents/i184abcdef/postmortem");
    page.locator("form[action$='/draft'] button").click();
    var pages = new LinkedHashMap<>(PictureBook.PAGES);
    pages.put("postmortem-edit", "/incidents/i184abcdef/postmortem/edit");
    pages.put("postmortem-versions", "/incidents/i184abcdef/postmortem/versions");
    var found = new ArrayList<String>();
    pages.forEach(
        (name, path) -> {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
          page.navigate(busy + path);
          PictureBook.ACTS.getOrDefault(name, ignored -> {}).accept(page);
          found.addAll(Axe.violations(page, name));
          // In the dark only colours are others.
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
          found.addAll(Axe.contrast(page, "dark " + name));
        });
    assertThat(found).isEmpty();
  }

  @Test
  void whatBreaksTheRulesIsFound(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(busy + "/");
    page.evaluate(
        """
        () => {
          document.body.innerHTML = '<img src="/a.png"><main><h1>Pale</h1></main>';
          const heading = document.querySelector('h1');
          heading.style.color = '#999';
          heading.style.background = '#aaa';
        }
        """);
    assertThat(Axe.violations(page, "bad"))
        .anyMatch(it -> it.startsWith("bad image-alt"))
        .anyMatch(it -> it.startsWith("bad color-contrast"));
    assertThat(Axe.contrast(page, "bad"))
        .isNotEmpty()
        .allMatch(it -> it.startsWith("bad color-contrast"));
  }

  @Test
  void thePaletteAndTheKeysKeepThemToo(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(busy + "/");
    page.keyboard().press("Control+k");
    page.locator("#palette-hits [data-hit]").first().waitFor();
    var found = new ArrayList<>(Axe.violations(page, "palette"));
    page.keyboard().press("Escape");
    com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(
            page.locator("#palette[open]"))
        .hasCount(0);
    page.keyboard().press("?");
    page.locator("#keys[open]").waitFor();
    found.addAll(Axe.violations(page, "keys"));
    assertThat(found).isEmpty();
  }
}

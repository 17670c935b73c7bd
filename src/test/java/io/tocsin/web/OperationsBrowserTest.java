package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tocsin.access.AccessPolicy;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of duty, planned work and receivers in a real browser. */
@ExtendWith(Browser.class)
class OperationsBrowserTest {

  private static PageServers servers;
  private static String address;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    address =
        servers.openConsole(
            0, FabricatedDesk.busy(NOW), InstantSource.fixed(NOW), AccessPolicy.OPEN);
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  @Test
  void aStretchDrawnOverTheCalendarFillsTheFormOfWhoStepsIn(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address + "/oncall");
    var box = page.locator(".rota.wide").first().boundingBox();
    double lane = box.width * (960 - 110) / 960;
    double left = box.x + box.width * 110 / 960;
    page.mouse().move(left + lane * 6 / 7, box.y + box.height / 2);
    page.mouse().down();
    page.mouse().move(left + lane * 6.5 / 7, box.y + box.height / 2);
    page.mouse().up();
    assertThat(page.locator("#cover-platform-start").inputValue()).isEqualTo("2026-11-22T00:00");
    assertThat(page.locator("#cover-platform-end").inputValue()).isEqualTo("2026-11-22T12:00");
    page.locator("#cover-platform-person").fill("ben");
    page.locator("#cover-platform button").click();
    assertThat(page.locator("h3:has-text('Overrides') + ul").innerText())
        .contains("ben", "Sun 22 Nov, 00:00 to Sun 22 Nov, 12:00");
  }

  @Test
  void withoutScriptsWorkIsPlannedAndATestIsSent(Browser.Tabs tabs) {
    Page page = tabs.withoutScripts();
    page.navigate(address + "/maintenance");
    page.locator("text=Plan maintenance").click();
    page.locator("#work-title").fill("Rack moves");
    page.locator("label:has-text('Database') input").check();
    page.locator("#work-starts_at").fill("2026-11-22T20:00");
    page.locator("#work-ends_at").fill("2026-11-22T21:00");
    page.locator("main form button.primary").click();
    assertThat(page.locator("section[aria-labelledby=upcoming-title]").innerText())
        .contains("Rack moves", "22 Nov, 20:00 UTC to 21:00 UTC", "Database; on the status page");
    page.navigate(address + "/receivers/ops");
    page.locator("text=Send a test").click();
    assertThat(page.locator("main [role=status]").innerText()).contains("Delivered", "HTTP 202");
  }
}

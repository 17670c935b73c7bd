package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tocsin.access.AccessPolicy;
import io.tocsin.alert.Severity;
import io.tocsin.statuspage.Fabricated;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browser.class)
class ConsoleBrowserTest {

  private final PageServers servers = new PageServers();
  private final FabricatedDesk desk = FabricatedDesk.busy(NOW);
  private String address = "";

  @BeforeEach
  void open() {
    address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.OPEN);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void anIncidentIsAcknowledgedByAClick(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address);
    assertThat(page.getByText("nobody has it")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Acknowledge")).click();
    assertThat(page.getByText("nobody has it")).hasCount(0);
    assertThat(page.getByText("with local")).isVisible();
    assertThat(page).hasURL(address + "/");
  }

  @Test
  void everythingIsDoneWithoutScripts(Browser.Tabs tabs) {
    Page page = tabs.withoutScripts();
    page.navigate(address + "/incidents/i185abcdef");
    page.getByRole(AriaRole.BUTTON, named("Acknowledge")).click();
    page.getByText("Public", new Page.GetByTextOptions().setExact(true)).last().click();
    page.locator("#text").fill("Inference is slow; we are adding capacity.");
    page.locator("#phase").selectOption("identified");
    page.getByRole(AriaRole.BUTTON, named("Post update")).click();
    assertThat(page.locator(".timeline"))
        .containsText("Inference is slow; we are adding capacity.");
    assertThat(desk.open().stream().filter(open -> open.number() == 185).findFirst())
        .hasValueSatisfying(
            incident -> assertThat(incident.updates().getLast().isPublic()).isTrue());
    page.getByRole(AriaRole.BUTTON, named("Resolve")).click();
    assertThat(page.locator(".incident-head")).containsText("Resolved");
    assertThat(page.locator("#composer")).hasCount(0);
  }

  @Test
  void labelsAreTextWhateverTheyLookLike(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    List<String> complaints = new ArrayList<>();
    page.onDialog(
        dialog -> {
          complaints.add(dialog.message());
          dialog.dismiss();
        });
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.navigate(address);
    page.navigate(address + "/incidents/i185abcdef");
    assertThat(page.getByText("note=" + Fabricated.HOSTILE).first()).isVisible();
    page.navigate(address + "/incidents/i184abcdef");
    assertThat(page.getByText(Fabricated.HOSTILE).first()).isVisible();
    assertThat(page.locator("img[src=x]")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatHappensAppearsByItself(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address);
    assertThat(page.locator("#open-title")).containsText("2");
    desk.put(
        Fabricated.incident(186, "Checkout is down", Severity.CRITICAL, List.of("Web app"), NOW)
            .make());
    assertThat(page.locator("#open-i186abcdef")).hasText("Checkout is down");
  }

  @Test
  void aPhoneScrollsOnlyDown(Browser.Tabs tabs) {
    Page page = tabs.phone();
    for (String path : List.of("/", "/incidents", "/incidents/i184abcdef", "/demo")) {
      page.navigate(address + path);
      assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
          .as(path)
          .isEqualTo(0);
    }
  }

  @Test
  void allTextHasAContrastOfAtLeastFourAndAHalf(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    for (String theme : List.of("light", "dark")) {
      for (String path : List.of("/", "/incidents/i185abcdef", "/demo")) {
        page.navigate(address + path);
        page.getByRole(AriaRole.BUTTON, named("Colours: " + theme)).click();
        assertThat(page.locator("html")).hasAttribute("data-theme", theme);
        assertThat(Contrast.below(page, 4.5)).as(theme + " " + path).isEmpty();
      }
    }
  }

  @Test
  void aPostMortemIsDraftedEditedAndItsHtmlIsOnlyShown(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address + "/incidents/i184abcdef/postmortem");
    page.getByRole(AriaRole.BUTTON, named("Draft it now")).click();
    assertThat(page.locator(".prose h1")).containsText(Fabricated.HOSTILE);
    assertThat(page.locator(".prose img[src='chart-1.svg']")).hasCount(1);
    assertThat(page.evaluate("document.querySelector('.prose img').naturalWidth > 0"))
        .isEqualTo(true);
    page.getByRole(AriaRole.LINK, named("Edit").setExact(true)).click();
    page.locator("#markdown")
        .fill("# Learned\n\nDisks fill. <b id=bold>x</b> [y](javascript:alert(1))");
    page.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Learned"))).isVisible();
    assertThat(page.getByText("Version 2, written by local")).isVisible();
    assertThat(page.locator("#bold, .prose a[href^='javascript']")).hasCount(0);
  }

  @Test
  void anOutdatedEditIsRefusedAndItsTextKept(Browser.Tabs tabs) {
    Page mine = tabs.desktop();
    mine.navigate(address + "/incidents/i184abcdef/postmortem");
    mine.getByRole(AriaRole.BUTTON, named("Draft it now")).click();
    mine.getByRole(AriaRole.LINK, named("Edit").setExact(true)).click();
    mine.locator("#markdown").fill("Mine");
    Page theirs = mine.context().newPage();
    theirs.navigate(mine.url());
    theirs.locator("#markdown").fill("Theirs");
    theirs.getByRole(AriaRole.BUTTON, named("Save")).click();
    mine.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(mine.getByRole(AriaRole.ALERT)).containsText("newer version");
    assertThat(mine.locator("#markdown")).hasValue("Mine");
  }

  @Test
  void theDemoIsNamedAsOneAndItsPartsBreakAndHeal(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    page.navigate(address + "/demo");
    assertThat(page.getByText("This is the demo.")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Heal")).click();
    assertThat(page.getByText("Broken", new Page.GetByTextOptions().setExact(true))).hasCount(0);
    page.getByText("trigger: Payment API").click();
    assertThat(page.locator(".received[open] pre")).containsText("\"event_action\" : \"trigger\"");
  }
}

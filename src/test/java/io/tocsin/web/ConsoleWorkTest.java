package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tocsin.access.AccessPolicy;
import io.tocsin.statuspage.Fabricated;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a responder does in the console, by keyboard where there is a key. */
@ExtendWith(Browser.class)
class ConsoleWorkTest {

  private static final String INCIDENT = "/incidents/i185abcdef";

  private final PageServers servers = new PageServers();
  private final FabricatedDesk desk = FabricatedDesk.busy(NOW);
  private final List<String> complaints = new ArrayList<>();
  private String address = "";

  @BeforeEach
  void open() {
    address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.OPEN);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private Page at(Browser.Tabs tabs, String path) {
    Page page = tabs.desktop();
    page.onDialog(
        dialog -> {
          complaints.add(dialog.message());
          dialog.dismiss();
        });
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // Answers that refuse are told as errors by the browser itself.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.navigate(address + path);
    return page;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void aKeyAcknowledgesAndAnotherTakesItBack(Browser.Tabs tabs) {
    Page page = at(tabs, "/");
    page.keyboard().press("j");
    page.keyboard().press("a");
    assertThat(page.locator(".toast")).containsText("#185: Acknowledged");
    assertThat(page.getByText("nobody has it")).hasCount(0);
    page.keyboard().press("z");
    assertThat(page.getByText("nobody has it")).hasCount(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatCannotBeUndoneIsAskedFirst(Browser.Tabs tabs) {
    Page page = at(tabs, "/");
    page.keyboard().press("j");
    page.keyboard().press("r");
    assertThat(page.locator("#confirm-title")).hasText("Resolve #185?");
    page.keyboard().press("Escape");
    assertThat(page.locator("#open-i185abcdef")).isVisible();
    page.keyboard().press("r");
    page.locator("#confirm-reason").fill("a worker more");
    page.keyboard().press("Enter");
    assertThat(page.locator("#open-i185abcdef")).hasCount(0);
    page.navigate(address + INCIDENT);
    assertThat(page.locator(".timeline")).containsText("Resolved: a worker more");
  }

  @Test
  void thePaletteFindsAndActs(Browser.Tabs tabs) {
    Page page = at(tabs, "/checks");
    page.keyboard().press("Control+k");
    page.locator("#palette-text").fill("acknowledge 185");
    assertThat(page.locator("[data-hit]").first()).containsText("Acknowledge #185");
    page.keyboard().press("Enter");
    assertThat(page.locator(".toast")).containsText("Acknowledged");
    page.keyboard().press("Control+k");
    page.locator("#palette-text").fill("queuegrows");
    assertThat(page.locator("[data-hit]").first()).containsText("QueueGrows");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*/(alerts|rules)/.*"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void thePaletteAsksBeforeItEscalatesAndOffersNoActionFirstToWhoTypesAName(Browser.Tabs tabs) {
    Page page = at(tabs, "/checks");
    page.keyboard().press("Control+k");
    // "lat" is part of "escalate" too.
    page.locator("#palette-text").fill("lat");
    assertThat(page.locator("[data-hit]").last()).containsText("Escalate #");
    assertThat(page.locator("[data-hit]").first()).not().containsText("Escalate #");
    page.locator("#palette-text").fill("escalate 185");
    assertThat(page.locator("[data-hit]").first()).containsText("Escalate #185");
    page.keyboard().press("Enter");
    assertThat(page.locator("#confirm-title")).containsText("Escalate #185");
    page.locator("#confirm button:has-text('Cancel')").click();
    assertThat(page.locator("#palette[open]")).isVisible();
    assertThat(page.locator(".toast")).hasCount(0);
    page.keyboard().press("Enter");
    page.locator("#confirm-yes").click();
    assertThat(page.locator(".toast")).hasCount(1);
    assertThat(page.locator("#palette[open]")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatWasConfirmedIsDoneThoughItsPartWasDrawnAnewMeanwhile(Browser.Tabs tabs) {
    Page page = at(tabs, INCIDENT);
    page.locator("#end").click();
    assertThat(page.locator("#confirm-title")).containsText("Resolve #185");
    page.evaluate(
        "() => { const form = document.querySelector('#end').form;"
            + " form.replaceWith(form.cloneNode(true)); }");
    page.locator("#confirm-reason").fill("the certificate was renewed");
    page.locator("#confirm-yes").click();
    assertThat(page.locator(".toast")).hasCount(1);
    assertThat(page.locator("#end")).hasCount(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void theKeyForAnUpdateLeadsIntoTheComposersText(Browser.Tabs tabs) {
    Page page = at(tabs, "/");
    page.keyboard().press("j");
    page.keyboard().press("u");
    assertThat(page).hasURL(Pattern.compile(".*/incidents/i185abcdef#text"));
    assertThat(page.locator("#text")).isFocused();
  }

  @Test
  void aPublicUpdateIsSeenAsCustomersWillSeeItAndItsGapsAreAskedFor(Browser.Tabs tabs) {
    Page page = at(tabs, INCIDENT);
    page.locator("#text").click();
    page.locator("[data-draft][data-phase=identified]").click();
    assertThat(page.locator("#preview")).containsText("AI models: major outage");
    assertThat(page.locator("#preview")).containsText("We have found the cause");
    page.getByRole(AriaRole.BUTTON, named("Post update")).click();
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("gaps (...)");
    page.locator("#text").fill("A worker is stuck; we restart it in 5 minutes. " + HOSTILE);
    page.locator("#phase").selectOption("investigating");
    assertThat(page.locator("#preview")).containsText("It names a time of repair");
    assertThat(page.locator("#preview")).containsText(HOSTILE);
    page.getByRole(AriaRole.BUTTON, named("Post update")).click();
    assertThat(page.locator(".timeline")).containsText("A worker is stuck");
    assertThat(page.locator("img[src=x]")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  private static final String HOSTILE = Fabricated.HOSTILE;

  @Test
  void rowsAreChosenByKeyAndStayChosenWhenTheListIsFetchedAnew(Browser.Tabs tabs) {
    Page page = at(tabs, "/alerts");
    page.keyboard().press("j");
    page.keyboard().press("x");
    assertThat(page.locator("[data-chosen]")).hasText("1 chosen");
    page.evaluate("htmx.trigger('#live', 'live')");
    page.waitForResponse("**/alerts", () -> page.evaluate("htmx.trigger('#live', 'live')"));
    assertThat(page.locator("[data-pick]:checked")).hasCount(1);
    page.keyboard().press("Shift+X");
    assertThat(page.locator("[data-chosen]")).hasText("3 chosen");
    page.keyboard().press("s");
    assertThat(page.locator("h1")).hasText("Silence 3 alerts");
    page.locator("#comment").fill("planned");
    page.getByRole(AriaRole.BUTTON, named("Silence them")).click();
    assertThat(page.locator(".several")).containsText("3 alerts silenced.");
    page.navigate(address + "/incidents");
    page.keyboard().press("Shift+X");
    page.keyboard().press("a");
    assertThat(page.locator(".several")).containsText("acknowledged: #185");
    assertThat(complaints).isEmpty();
  }

  @Test
  void aStepOfTheRunbookIsCheckedOffWithWhoAndWhen(Browser.Tabs tabs) {
    Page page = at(tabs, INCIDENT);
    page.getByRole(AriaRole.BUTTON, named("Do: Add a worker.")).click();
    assertThat(page.locator(".step.done")).containsText("Add a worker.");
    assertThat(page.locator(".step.done small")).containsText("local, 14:05 UTC");
    assertThat(page.locator("#steps-title")).containsText("1 of 2 done");
  }

  @Test
  void theTimelineShowsOnlyWhatIsAskedFor(Browser.Tabs tabs) {
    Page page = at(tabs, INCIDENT + "?show=messages");
    assertThat(page.locator(".timeline")).containsText("Told: ops");
    assertThat(page.locator(".timeline")).not().containsText("Opened as");
    page.getByRole(AriaRole.LINK, named("System")).click();
    assertThat(page.locator(".timeline")).containsText("Opened as");
    assertThat(page.locator(".timeline")).not().containsText("Told: ops");
  }

  @Test
  void theGraphIsInteractiveAndADrawingWithoutScripts(Browser.Tabs tabs) {
    Page page = at(tabs, INCIDENT);
    assertThat(page.locator("#graph-0 canvas")).isVisible();
    assertThat(page.locator("#graph-0 img")).isHidden();
    Page plain = tabs.withoutScripts();
    plain.navigate(address + INCIDENT);
    plain.locator("#graph-0 img").scrollIntoViewIfNeeded();
    assertThat(plain.locator("#graph-0 img")).isVisible();
    assertThat(complaints).isEmpty();
  }

  @Test
  void twoWhoEditAtOnceLoseNothing(Browser.Tabs tabs) {
    Page mine = at(tabs, "/incidents/i184abcdef/postmortem");
    mine.getByRole(AriaRole.BUTTON, named("Draft it now")).click();
    mine.getByRole(AriaRole.LINK, named("Edit").setExact(true)).click();
    mine.locator("#markdown").fill("# Story\n\nOne.\n\nTwo.");
    mine.getByRole(AriaRole.BUTTON, named("Save")).click();
    mine.getByRole(AriaRole.LINK, named("Edit").setExact(true)).click();
    Page theirs = mine.context().newPage();
    theirs.navigate(mine.url());
    theirs.locator("#markdown").fill("# Story\n\nOne.\n\nTwo, by them.");
    theirs.getByRole(AriaRole.BUTTON, named("Save")).click();
    mine.locator("#markdown").fill("# Story\n\nOne, by me.\n\nTwo.");
    mine.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(mine.getByRole(AriaRole.ALERT).last()).containsText("put together");
    assertThat(mine.locator("#markdown")).hasValue("# Story\n\nOne, by me.\n\nTwo, by them.");
    mine.locator("#markdown").fill("# Story\n\nOne, by me again.\n\nTwo, by them.");
    theirs.getByRole(AriaRole.LINK, named("Edit").setExact(true)).click();
    theirs.locator("#markdown").fill("# Story\n\nOne, by them again.\n\nTwo, by them.");
    theirs.getByRole(AriaRole.BUTTON, named("Save")).click();
    mine.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(mine.getByRole(AriaRole.ALERT).last()).containsText("both changed the same lines");
    assertThat(mine.locator(".diff")).containsText("One, by them again.");
    mine.getByRole(AriaRole.BUTTON, named("Put both into the editor")).click();
    assertThat(mine.locator("#markdown"))
        .hasValue(Pattern.compile("yours.*by me again.*by them again.*theirs", Pattern.DOTALL));
    mine.locator("#markdown").fill("# Story\n\nAgreed.");
    mine.getByRole(AriaRole.BUTTON, named("Save")).click();
    mine.getByRole(AriaRole.LINK, named("Versions")).click();
    assertThat(mine.getByRole(AriaRole.LINK, named("Version 5").setExact(true))).isVisible();
    assertThat(mine.locator(".diff .add")).containsText("Agreed.");
  }

  @Test
  void whatIsTypedIntoAPostMortemIsKeptBeforeItIsSaved(Browser.Tabs tabs) {
    Page page = at(tabs, "/incidents/i184abcdef/postmortem");
    page.getByRole(AriaRole.BUTTON, named("Draft it now")).click();
    page.getByRole(AriaRole.LINK, named("Edit").setExact(true)).click();
    page.locator("#markdown").fill("Half a <i>sent");
    assertThat(page.locator("#preview")).hasText("Half a <i>sent");
    assertThat(page.locator("[data-autosave-state]")).containsText("Kept at");
    page.navigate(address + "/incidents/i184abcdef/postmortem/edit");
    assertThat(page.locator("#markdown")).hasValue("Half a <i>sent");
    page.getByRole(AriaRole.BUTTON, named("Discard it")).click();
    assertThat(page.locator("#markdown")).not().hasValue("Half a <i>sent");
  }

  @Test
  void aChangedRuleIsReplayedAgainstThePast(Browser.Tabs tabs) {
    Page page = at(tabs, "/rules/one?id=demo%3BInferenceSlow");
    page.locator("#expr").fill("latency_seconds > 5");
    page.getByRole(AriaRole.BUTTON, named("Replay")).click();
    assertThat(page.locator("#replayed")).containsText("would have opened no incident");
    assertThat(page.locator("#replayed .facts")).containsText("No longer1");
    page.locator("#expr").fill("latency_seconds >");
    page.locator("#for").fill("soon");
    page.getByRole(AriaRole.BUTTON, named("Replay")).click();
    assertThat(page.locator("#for-trouble")).containsText("found \"soon\"");
    assertThat(page.locator("#expr")).hasValue("latency_seconds >");
    page.locator("#for").fill("1m");
    page.getByRole(AriaRole.BUTTON, named("Replay")).click();
    assertThat(page.locator("#expr-trouble")).containsText("expr");
  }

  @Test
  void aSilenceShowsWhatItHidesBeforeItIsSet(Browser.Tabs tabs) {
    Page page = at(tabs, "/silences/new");
    page.locator("#matchers").fill("alertname=\"QueueGrows\"");
    assertThat(page.locator("#silence-preview")).containsText("1 firing now");
    page.locator("#duration").fill("for ever");
    page.locator("#comment").fill("planned " + HOSTILE);
    page.getByRole(AriaRole.BUTTON, named("Silence them")).click();
    assertThat(page.locator("#duration-trouble")).containsText("expected a duration");
    assertThat(page.locator("#matchers")).hasValue("alertname=\"QueueGrows\"");
    page.locator("#duration").fill("2h");
    page.getByRole(AriaRole.BUTTON, named("Silence them")).click();
    assertThat(page.locator("tbody")).containsText("planned " + HOSTILE);
    page.getByRole(AriaRole.BUTTON, named("End it")).click();
    assertThat(page.locator("tbody")).containsText("expired");
    assertThat(complaints).isEmpty();
  }

  @Test
  void aCheckIsPausedAndTheWordTakenBack(Browser.Tabs tabs) {
    Page page = at(tabs, "/checks/payment-api");
    assertThat(page.locator("main")).containsText("status 503 <b>bold</b>");
    page.getByRole(AriaRole.BUTTON, named("Pause")).click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Resume"))).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Undo")).click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Pause"))).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Run now")).click();
    assertThat(page.locator(".toast").last()).containsText("payment-api ran");
  }

  @Test
  void aQueryCompletesAndItsAddressIsShared(Browser.Tabs tabs) {
    Page page = at(tabs, "/explore");
    page.locator("#q").pressSequentially("laten");
    assertThat(page.locator("#completions li").first()).containsText("latency_seconds");
    page.keyboard().press("Enter");
    page.locator("#q").pressSequentially("{comp");
    assertThat(page.locator("#completions li").first()).containsText("component");
    page.keyboard().press("Enter");
    page.locator("#q").pressSequentially("=\"AI");
    assertThat(page.locator("#completions li").first()).containsText("AI models");
    page.keyboard().press("Enter");
    page.locator("#q").pressSequentially("\"}");
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("tbody")).containsText("latency_seconds{component=\"AI models\"}");
    assertThat(page.locator("#graph canvas")).isVisible();
    assertThat(page.url()).contains("/explore?q=latency_seconds");
    page.locator("#q").fill("rate(latency_seconds");
    page.getByRole(AriaRole.BUTTON, named("Run")).click();
    assertThat(page.locator("#q-trouble")).containsText("line 1, column");
    assertThat(page.locator("#q")).hasValue("rate(latency_seconds");
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingHostileBecomesMarkupOnAnyPage(Browser.Tabs tabs) {
    Page page = at(tabs, "/");
    for (String path : PictureBook.PAGES.values()) {
      page.navigate(address + path);
      assertThat(page.locator("img[src=x], main b:text-is('bold'), main i:text-is('now')"))
          .hasCount(0);
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void everyPageFitsAPhone(Browser.Tabs tabs) {
    Page page = tabs.phone();
    for (String path : PictureBook.PAGES.values()) {
      page.navigate(address + path);
      assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
          .as(path)
          .isEqualTo(0);
    }
  }
}

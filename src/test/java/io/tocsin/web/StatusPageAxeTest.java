package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tocsin.statuspage.Fabricated;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every public page against the rules of WCAG 2.2 AA that a machine can check. */
@ExtendWith(Browser.class)
class StatusPageAxeTest {

  private static PageServers servers;
  private static List<String> pages;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    InstantSource clock = InstantSource.fixed(NOW);
    String rich =
        servers.openPublic(
            0,
            servers.site(
                Fabricated.showcase(), now -> Fabricated.rich(NOW), clock, Optional.empty()));
    String calm = servers.openPublic(0, now -> Fabricated.calm(NOW), clock);
    String shut =
        servers.openPublic(
            0,
            servers.site(now -> Fabricated.calm(NOW), clock),
            new TokenDoor(List.of("a-token-of-some-length")));
    pages =
        List.of(
            rich + "/",
            rich + "/?lang=hi",
            rich + "/history",
            rich + "/history?month=2026-10",
            rich + "/incidents/i184abcdef",
            rich + "/incidents/i180abcdef?lang=de",
            rich + "/nowhere",
            calm + "/",
            shut + "/");
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  @Test
  void theDoorOfAPrivatePageInEachOfItsStates(Browser.Tabs tabs) throws Exception {
    var tokens = Optional.of(new TokenDoor(List.of("a-token-of-some-length")));
    try (var members = new MembersFixture().open(List.of("staff"), tokens, "http")) {
      for (Page page : List.of(tabs.desktop(), tabs.phone())) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          page.context().clearCookies();
          members.provider.consent(List.of("sales"), NOW);
          String shut = members.address();
          assertThat(violations(page, scheme, List.of(shut + "/", shut + "/door/oidc/callback")))
              .isEmpty();
          page.navigate(shut + "/history");
          page.locator("a.primary").click();
          assertThat(page.locator(".trouble").textContent()).contains("none of your groups");
          assertThat(Axe.violations(page, scheme + " no member")).isEmpty();
          members.provider.consent(List.of("staff"), NOW);
          page.navigate(shut + "/history");
          page.locator("a.primary").click();
          assertThat(page.url()).isEqualTo(shut + "/history");
          page.locator("footer a[href='/door']").click();
          assertThat(Axe.violations(page, scheme + " inside")).isEmpty();
          page.locator("form[action='/door/leave'] button").click();
          assertThat(page.locator("h1").textContent()).isEqualTo("This status page is private");
        }
      }
    }
  }

  private static List<String> violations(Page page, ColorScheme scheme, List<String> pages) {
    var found = new ArrayList<String>();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    for (String address : pages) {
      page.navigate(address);
      page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)");
      page.evaluate(
          "document.querySelectorAll('.bars').forEach(it => it.lastElementChild.click())");
      found.addAll(Axe.violations(page, scheme + " " + address));
    }
    return found;
  }

  @Test
  void everyPageOnADesktop(Browser.Tabs tabs) {
    Page page = tabs.desktop();
    assertThat(violations(page, ColorScheme.LIGHT, pages)).isEmpty();
    assertThat(violations(page, ColorScheme.DARK, pages)).isEmpty();
  }

  @Test
  void everyKindOfPageOnAPhone(Browser.Tabs tabs) {
    Page page = tabs.phone();
    List<String> kinds = List.of(pages.get(0), pages.get(2), pages.get(4), pages.getLast());
    assertThat(violations(page, ColorScheme.LIGHT, kinds)).isEmpty();
    assertThat(violations(page, ColorScheme.DARK, kinds)).isEmpty();
  }
}

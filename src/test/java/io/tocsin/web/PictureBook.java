package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Role;
import io.tocsin.statuspage.Fabricated;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pictures of every page of the console and of the status page over made-up state: desktop and
 * phone, light and dark.
 */
public final class PictureBook {

  /** A day that has a report. */
  private static final LocalDate DAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(1);

  /** Name of the picture and address, in the order of the rail. */
  static final Map<String, String> PAGES = pages();

  /** Pages that only somebody who has logged in may see; the rest of the settings. */
  static final Map<String, String> BEHIND_THE_DOOR =
      Map.of(
          "me", "/me",
          "users", "/settings/users",
          "tokens", "/settings/tokens",
          "sessions", "/settings/sessions",
          "audit", "/settings/audit");

  private static final String DRAFTED = "/incidents/i184abcdef/postmortem";

  /** Pages that there are once a post-mortem is drafted. */
  static final Map<String, String> AFTER_A_DRAFT =
      Map.of(
          "postmortem-drafted", DRAFTED,
          "postmortem-edit", DRAFTED + "/edit",
          "postmortem-versions", DRAFTED + "/versions");

  /** What is done on a page before its picture is taken: forms that no address leads to. */
  static final Map<String, Consumer<Page>> ACTS =
      Map.of(
          "silence-several", page -> choose(page, "button[formaction='/silences/several/preview']"),
          "silence-several-wrong", PictureBook::silenceWrongly,
          "page-editor-changed", PictureBook::changeThePage);

  private PictureBook() {}

  private static void choose(Page page, String button) {
    page.locator("[data-all]").check();
    page.locator(button).click();
    page.waitForURL("**/silences/several/preview");
  }

  private static void silenceWrongly(Page page) {
    choose(page, "button[formaction='/silences/several/preview']");
    page.locator("#duration").fill("soon");
    page.locator("#comment").fill("new disks");
    page.locator("form[action='/silences/several'] button.primary").click();
    page.waitForURL("**/silences/several");
  }

  private static void changeThePage(Page page) {
    page.locator("#announce").selectOption("note");
    page.locator("#text").fill("**Sunday** from 08:00 UTC the database gets new disks.");
    page.locator("#visibility-4").selectOption("hidden");
    page.locator("form#page button.primary").click();
    page.locator("text=Last changed by").waitFor();
  }

  private static String firing() {
    var ports = FabricatedDesk.busy(NOW).ports();
    return ports.alerts().firing().getFirst().alert().key().fingerprint();
  }

  private static Map<String, String> pages() {
    var pages = new LinkedHashMap<String, String>();
    pages.put("now", "/");
    pages.put("incidents", "/incidents");
    pages.put("declare", "/incidents/new");
    pages.put("incident", "/incidents/i185abcdef");
    pages.put("incident-template", "/incidents/i184abcdef?template=identified&audience=public");
    pages.put("incident-past", "/incidents/i180abcdef");
    pages.put("alerts", "/alerts");
    pages.put("alert", "/alerts/" + firing());
    pages.put("rules", "/rules");
    pages.put("rule", "/rules/one?id=demo%3BInferenceSlow");
    pages.put("silences", "/silences");
    pages.put("silence-new", "/silences/new?matchers=component%3D%22AI%20models%22");
    pages.put("silence-several", "/alerts");
    pages.put("silence-several-wrong", "/alerts");
    pages.put("checks", "/checks");
    pages.put("check", "/checks/payment-api");
    pages.put("check-phases", "/checks/web-app");
    pages.put("models", "/models");
    pages.put("model", "/models/signal-ranker");
    pages.put("model-input", "/models/signal-ranker/input?input=price_change");
    pages.put("model-input-few", "/models/idle/input?input=x");
    pages.put("model-hostile", "/models/" + Address.encoded(Fabricated.HOSTILE));
    pages.put("model-reports", "/models/signal-ranker/reports");
    pages.put("model-report", "/models/signal-ranker/reports/" + DAY);
    pages.put("explore", "/explore?q=latency_seconds&range=3h");
    pages.put("explore-wrong", "/explore?q=rate(latency_seconds");
    pages.put("search", "/search?q=inference");
    pages.put("oncall", "/oncall");
    pages.put("oncall-month", "/oncall?view=month");
    pages.put("maintenance", "/maintenance");
    pages.put("maintenance-new", "/maintenance/new");
    pages.put("maintenance-one", "/maintenance/m1");
    pages.put("receivers", "/receivers");
    pages.put("receiver", "/receivers/team");
    pages.put("dead-letters", "/dead-letters");
    pages.put("heartbeats", "/heartbeats");
    pages.put("page-editor", "/settings/page");
    pages.put("page-editor-changed", "/settings/page");
    pages.put("runbooks", "/runbooks");
    pages.put("runbook", "/runbooks/InferenceSlow");
    pages.put("postmortems", "/postmortems");
    pages.put("postmortem", "/incidents/i180abcdef/postmortem");
    pages.put("reports", "/reports");
    pages.put("configuration", "/settings/configuration");
    pages.put("about", "/about");
    pages.put("experiments", "/experiments");
    pages.put("subscribers", "/subscribers");
    pages.put("demo", "/demo");
    return pages;
  }

  /** Takes them all into a folder, or only those whose name is given. */
  public static void take(Path folder, List<String> names) throws Exception {
    try (var servers = new PageServers();
        var door = new DoorFixture().open();
        var members = members(List.of("staff"));
        var strangers = members(List.of("sales"));
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
      door.person("ana", Role.ADMIN);
      var addresses = addresses(servers);
      BEHIND_THE_DOOR.forEach((name, path) -> addresses.put(name, door.address() + path));
      AFTER_A_DRAFT.forEach((name, path) -> addresses.put(name, door.address() + path));
      addresses.put("status-door-members", strangers.address() + "/history");
      addresses.put("status-door-refused", strangers.address() + "/door/oidc/callback");
      addresses.put("status-door-stranger", strangers.address() + "/door/oidc");
      addresses.put("status-private", members.address() + "/door/oidc");
      addresses.put("status-door-inside", members.address() + "/door");
      addresses.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
      draft(door);
      var browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(Path.of("/usr/bin/chromium"))
                      .setArgs(List.of("--no-sandbox", "--disable-gpu")));
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (boolean phone : List.of(false, true)) {
          var options =
              new NewContextOptions()
                  .setColorScheme(scheme)
                  .setTimezoneId("UTC")
                  .setViewportSize(phone ? 390 : 1440, phone ? 844 : 900)
                  .setIsMobile(phone)
                  .setHasTouch(phone);
          try (BrowserContext context = browser.newContext(options)) {
            // The made-up state is of then: by another clock the status page is out of date.
            context.clock().setFixedTime(Date.from(NOW));
            logIn(context, door.address());
            String suffix = (phone ? "-phone-" : "-desktop-") + scheme.name().toLowerCase();
            addresses.forEach(
                (name, address) ->
                    shoot(context, name, address, folder.resolve(name + suffix + ".png")));
          }
        }
      }
    }
  }

  /** A private page whose provider lets everybody in at once, as somebody in these groups. */
  private static MembersFixture members(List<String> groups) throws Exception {
    var tokens = Optional.of(new TokenDoor(List.of("a-token-of-some-length")));
    MembersFixture members = new MembersFixture().open(List.of("staff"), tokens, "http");
    members.provider.consent(groups, NOW);
    return members;
  }

  private static Map<String, String> addresses(PageServers servers) {
    InstantSource clock = InstantSource.fixed(NOW);
    String busy = servers.openConsole(0, FabricatedDesk.busy(NOW), clock, AccessPolicy.OPEN);
    String quiet = servers.openConsole(0, FabricatedDesk.quiet(NOW), clock, AccessPolicy.OPEN);
    String closed = servers.openConsole(0, FabricatedDesk.quiet(NOW), clock, AccessPolicy.TOKENS);
    var site =
        servers.site(Fabricated.showcase(), now -> Fabricated.rich(NOW), clock, Optional.empty());
    String status = servers.openPublic(0, site);
    var addresses = new LinkedHashMap<String, String>();
    PAGES.forEach((name, path) -> addresses.put(name, busy + path));
    addresses.put("quiet-now", quiet + "/");
    addresses.put("quiet-models", quiet + "/models");
    addresses.put("quiet-experiments", quiet + "/experiments");
    addresses.put("login", closed + "/");
    addresses.put("status", status + "/");
    addresses.put("status-history", status + "/history");
    addresses.put("status-door", shut(servers, clock) + "/");
    addresses.put("status-calm", servers.openPublic(0, now -> Fabricated.calm(NOW), clock) + "/");
    return addresses;
  }

  private static String shut(PageServers servers, InstantSource clock) {
    var site = servers.site(now -> Fabricated.calm(NOW), clock);
    return servers.openPublic(0, site, new TokenDoor(List.of("a-token-of-some-length")));
  }

  /** Once for all pictures: a second draft would ask whether it may write over the first. */
  private static void draft(DoorFixture door) throws Exception {
    Visitor ana = door.loggedIn("ana");
    ana.get(DRAFTED);
    int status = ana.submit(DRAFTED + "/draft").statusCode();
    if (status != 303) {
      throw new IllegalStateException("the draft answered " + status);
    }
  }

  private static void logIn(BrowserContext context, String door) {
    Page page = context.newPage();
    page.navigate(door + "/login");
    page.locator("input[name=name]").fill("ana");
    page.locator("input[name=password]").fill(DoorFixture.PASSWORD);
    page.locator("form[action='/login'] button.primary").first().click();
    page.waitForURL(door + "/");
    page.close();
  }

  private static void shoot(BrowserContext context, String name, String address, Path file) {
    Page page = context.newPage();
    page.navigate(address);
    ACTS.getOrDefault(name, ignored -> {}).accept(page);
    // As tall as it is, so that what stands at the edges of the window stands at those of the page.
    int height = (int) page.evaluate("document.documentElement.scrollHeight");
    page.setViewportSize(page.viewportSize().width, Math.max(height, page.viewportSize().height));
    page.waitForTimeout(350);
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    page.close();
  }
}

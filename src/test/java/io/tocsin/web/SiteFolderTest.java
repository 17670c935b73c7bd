package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Browser.class)
class SiteFolderTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]+)[^\"]*\"");

  @TempDir private Path root;
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final AtomicReference<PageInput> input = new AtomicReference<>(Fabricated.rich(NOW));

  private Path site() {
    return root.resolve("status");
  }

  private StatusSite open() {
    var open =
        new StatusSite(
            Fabricated.showcase(),
            now -> dated(input.get(), now),
            clock::get,
            new Assets(),
            new StatusSite.Reach(false, Optional.of(site())));
    open.refresh();
    return open;
  }

  private static PageInput dated(PageInput it, Instant now) {
    return new PageInput(
        it.incidents(),
        it.checks(),
        it.maintenance(),
        it.steps(),
        it.days(),
        it.responses(),
        it.summaries(),
        now);
  }

  private Map<String, Object> keys() throws IOException {
    var keys = new TreeMap<String, Object>();
    try (Stream<Path> files = Files.walk(site())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        keys.put(site().relativize(file).toString(), Files.getAttribute(file, "unix:ino"));
      }
    }
    return keys;
  }

  @Test
  void everyLinkInsideTheFolderLeadsToAFileOfIt() throws Exception {
    try (var open = open()) {
      var seen = new TreeSet<Path>();
      var ahead = new ArrayDeque<>(List.of(site().resolve("index.html")));
      while (!ahead.isEmpty()) {
        Path file = ahead.pop().normalize();
        assertThat(file).startsWith(site()).isRegularFile();
        if (!seen.add(file) || !file.toString().endsWith(".html")) {
          continue;
        }
        LINK.matcher(Files.readString(file))
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.startsWith("http"))
            .forEach(link -> ahead.add(file.resolveSibling(link)));
      }
      assertThat(seen.stream().map(file -> site().relativize(file).toString()))
          .contains(
              "index.html",
              "hi/index.html",
              "history.html",
              "history-2026-10.html",
              "incidents/i184abcdef.html",
              "de/incidents/i180abcdef.html",
              "history.atom",
              "history.rss",
              "api/v2/summary.json")
          .anyMatch(name -> name.startsWith("assets/tocsin."))
          .anyMatch(name -> name.startsWith("assets/brand."));
    }
  }

  @Test
  void aPlainWebServerServesItUnderAnyPath(Browser.Tabs tabs) throws Exception {
    var server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), root, OutputLevel.NONE);
    try (var open = open()) {
      server.start();
      Page page = tabs.desktop();
      var complaints = new ArrayList<String>();
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/status/");
      assertThat(page.locator("h1")).hasText("Major outage: AI models");
      assertThat((String) page.evaluate("getComputedStyle(document.body).maxWidth"))
          .isEqualTo("896px");
      page.locator(".bars").first().hover();
      page.locator("#languages summary").click();
      page.locator("#languages a[lang=fr]").click();
      assertThat(page.locator("h1")).hasText("Panne majeure : AI models");
      page.locator(".incident h3 a").first().click();
      assertThat(page.locator("h1")).hasText("AI models : panne majeure");
      page.locator(".crumb a").click();
      page.locator(".more a").click();
      page.locator(".months a").last().click();
      assertThat(page.locator(".past h4 a").first()).hasText("Database : panne partielle");
      assertThat(page.locator(".themes")).hasCount(0);
      assertThat(complaints).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void onlyWhatDiffersIsWrittenAndFilesOfOthersStay() throws Exception {
    try (var open = open()) {
      Files.writeString(site().resolve("robots.txt"), "User-agent: *");
      Map<String, Object> before = keys();
      clock.set(NOW.plusSeconds(20));
      open.refresh();
      Map<String, Object> after = keys();
      assertThat(after.get("index.html")).isNotEqualTo(before.get("index.html"));
      assertThat(after.get("incidents/i180abcdef.html"))
          .isEqualTo(before.get("incidents/i180abcdef.html"));
      assertThat(after.get("history-2026-10.html")).isEqualTo(before.get("history-2026-10.html"));
      assertThat(after.keySet()).isEqualTo(before.keySet());
    }
  }

  @Test
  void whatIsNoMoreGoesAlsoAfterARestart() throws Exception {
    open().close();
    Files.writeString(site().resolve("robots.txt"), "User-agent: *");
    input.set(Fabricated.calm(NOW));
    try (var open = open()) {
      assertThat(keys().keySet())
          .contains("robots.txt", "index.html")
          .noneMatch(name -> name.contains("incidents/i"))
          .noneMatch(name -> name.contains("2026-10"));
    }
  }

  @Test
  void aReaderNeverMeetsHalfAPage() throws Exception {
    var done = new AtomicBoolean();
    try (var open = open();
        var reader = Executors.newVirtualThreadPerTaskExecutor()) {
      var whole =
          reader.submit(
              () -> {
                int read = 0;
                while (!done.get()) {
                  String page = Files.readString(site().resolve("index.html"));
                  assertThat(page).startsWith("<!doctype html>").endsWith("</html>");
                  read++;
                }
                return read;
              });
      for (int change = 1; change <= 30; change++) {
        input.set(change % 2 == 0 ? Fabricated.calm(NOW) : Fabricated.rich(NOW));
        clock.set(NOW.plusSeconds(change));
        open.refresh();
      }
      done.set(true);
      assertThat(whole.get()).isPositive();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsFilledWhenItCan() throws Exception {
    Files.writeString(site(), "in the way");
    try (var open = open()) {
      assertThat(open.edition().home(Language.EN, Theme.AUTO)).isNotNull();
      Files.delete(site());
      clock.set(NOW.plusSeconds(20));
      open.refresh();
      assertThat(keys()).containsKeys("index.html", "incidents/i180abcdef.html");
    }
  }

  @Test
  void aPathOfTheLiveSiteHasItsFile() {
    assertThat(FolderLinks.file("/")).isEqualTo("index.html");
    assertThat(FolderLinks.file("/history?month=2026-10")).isEqualTo("history-2026-10.html");
    assertThat(FolderLinks.file("/incidents/i1")).isEqualTo("incidents/i1.html");
    assertThat(FolderLinks.file("/history.atom")).isEqualTo("history.atom");
  }
}

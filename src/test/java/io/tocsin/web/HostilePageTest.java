package io.tocsin.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.Phase;
import io.tocsin.silence.Maintenance;
import io.tocsin.statuspage.ComponentState;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageInput;
import io.tocsin.statuspage.PageLook;
import io.tocsin.statuspage.PageSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What bad people write is shown as text: in a real browser, with its complaints as witness. */
@ExtendWith(Browser.class)
class HostilePageTest {

  private static final List<String> CORPUS =
      List.of(
          "<script>window.evil=1</script>",
          "<img src=x onerror=window.evil=1>",
          "\"><svg onload=window.evil=1>",
          "' onmouseover='window.evil=1' x='",
          "\" autofocus onfocus=window.evil=1 x=\"",
          "</title><script>window.evil=1</script>",
          "</style><style>@import 'https://evil.example/'</style>",
          "<a href=javascript:window.evil=1>x</a>",
          "[x](javascript:window.evil=1)",
          "[x](  JaVaScRiPt:window.evil=1)",
          "[x](data:text/html;base64,PHNjcmlwdD4=)",
          "[x](//evil.example/)",
          "![x](https://evil.example/pixel.png)",
          "<https://ok.example/\"onclick=window.evil=1>",
          "[x]: javascript:window.evil=1\n\n[x]",
          "<base href=https://evil.example/>",
          "<meta http-equiv=refresh content=0;url=https://evil.example/>",
          "<iframe srcdoc='<script>top.evil=1</script>'>",
          "${7*7} {0} {{7*7}} #{7*7} @if(true)",
          "\u202egnp.exe \u0000\u0008 \ud800",
          "&lt;script&gt; &amp; &#60;script&#62;");

  private static PageSpec spec() {
    var components = new ArrayList<PageSpec.Component>();
    for (int i = 0; i < CORPUS.size(); i++) {
      String text = CORPUS.get(i);
      components.add(
          new PageSpec.Component("c" + i, text, Optional.of("Group " + text), text, true));
    }
    String all = String.join("\n\n", CORPUS);
    var look =
        new PageLook(
            Language.EN,
            List.of(Language.values()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(all),
            Optional.of(new PageLook.Announcement(PageLook.Announcement.Tone.WARNING, all)));
    return new PageSpec(CORPUS.get(5), Optional.empty(), components, look);
  }

  private static PageInput input() {
    var incidents = new ArrayList<Incident>();
    var works = new ArrayList<Maintenance>();
    Map<String, ComponentState> checks = new LinkedHashMap<>();
    for (int i = 0; i < CORPUS.size(); i++) {
      String text = CORPUS.get(i);
      checks.put(text, ComponentState.DEGRADED_PERFORMANCE);
      var opened = NOW.minus(Duration.ofMinutes(40 + i));
      var draft =
          Fabricated.incident(i, text, Severity.HIGH, List.of(text), opened)
              .updates(Fabricated.update(opened, Phase.IDENTIFIED, false, text));
      incidents.add(i == 0 ? draft.resolved(NOW).make() : draft.make());
      works.add(
          new Maintenance(
              "m" + i, text, text, List.of(text), NOW, NOW.plus(Duration.ofHours(1)), text));
    }
    return new PageInput(
        incidents,
        checks,
        works,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(incidents.getFirst().id(), String.join("\n\n", CORPUS)),
        NOW);
  }

  @Test
  void isShownAsTextAndRefusedByNoPolicyBecauseNothingTries(Browser.Tabs tabs) {
    try (var servers = new PageServers()) {
      String address =
          servers.openPublic(
              0, servers.site(spec(), now -> input(), InstantSource.fixed(NOW), Optional.empty()));
      Page page = tabs.desktop();
      var complaints = new ArrayList<String>();
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.onDialog(dialog -> complaints.add("dialog " + dialog.message()));
      page.onRequest(
          request -> {
            if (!request.url().startsWith(address)) {
              complaints.add("asked " + request.url());
            }
          });
      page.addInitScript(
          "document.addEventListener('securitypolicyviolation',"
              + " it => console.error('refused ' + it.violatedDirective + ' ' + it.blockedURI))");
      for (String path :
          List.of(
              "/?lang=hi",
              "/?lang=en",
              "/history",
              "/incidents/i0abcdef",
              "/incidents/i3abcdef",
              "/nowhere/%3Cscript%3Ewindow.evil=1%3C/script%3E?lang=%22%3E%3Cscript%3E",
              "/history?month=%3Cscript%3E")) {
        page.navigate(address + path);
        page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)");
        page.evaluate(
            "document.querySelectorAll('.bars, .bars i').forEach(it => {it.focus(); it.click()})");
        assertThat(page.evaluate("window.evil")).as(path).isNull();
        assertThat(
                page.evaluate(
                    "[...document.querySelectorAll('a')].map(it => it.href).filter("
                        + "it => !/^(https?:|mailto:)/.test(it) || /\\/\\/evil/.test(it))"))
            .as(path)
            .isEqualTo(List.of());
        assertThat(
                page.evaluate(
                    "document.querySelectorAll('iframe, base, meta[http-equiv], script:not([src]),"
                        + " style, main img, footer img, [onerror], [onload], [onclick],"
                        + " [onfocus], [onmouseover]').length"))
            .as(path)
            .isEqualTo(0);
      }
      assertThat(complaints.stream().filter(text -> !text.contains("404"))).isEmpty();
      page.navigate(address);
      assertThat(page.locator("#c-c1 h4")).hasText(CORPUS.get(1));
      assertThat(page.locator("#c-c1 .about")).hasText(CORPUS.get(1));
      assertThat(page.locator(".brand span")).hasText(CORPUS.get(5));
      assertThat(page.locator("#incident-i2abcdef .said")).hasText(CORPUS.get(2));
      assertThat(page.locator(".announcement")).containsText("<iframe srcdoc=");
    }
  }
}

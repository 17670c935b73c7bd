package io.tocsin.statuspage;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeSubject;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

/** Badges by address, and how they are drawn. */
class BadgesTest {

  private static final PageSnapshot PAGE =
      Publication.derive(Fabricated.showcase(), Fabricated.rich(NOW), NOW);

  private static Badge badge(String path) {
    return Badges.at(PAGE, false, path).orElseThrow().badge();
  }

  @ParameterizedTest
  @CsvSource({
    "/badge.svg, status: Major outage",
    "/badge/payment-api.svg, Payment API: Partial outage",
    "/badge/database.json, Database: Operational",
    "/badge/database/uptime/90d.svg, Database uptime 90d: 99.82 %",
    "/badge/uptime/7d.svg, uptime 7d: 99.72 %",
    "/badge/database/response-time.svg, Database response time: 108 ms",
    "/api/v1/endpoints/product_payment-api/health/badge.svg, Payment API: Partial outage",
    "/api/v1/endpoints/product_payment-api/health/badge.shields, Payment API: Partial outage",
    "/api/v1/endpoints/platform_database/response-times/24h/badge.svg,"
        + " Database response time: 108 ms",
    "/api/badge/database/status, Database: Operational",
    "/api/badge/database/uptime/90d, Database uptime 90d: 99.82 %",
    "/api/badge/database/ping/24h, Database response time: 108 ms",
  })
  void anAddressNamesABadge(String path, String says) {
    Badge badge = badge(path);
    assertThat(badge.label() + ": " + badge.message()).isEqualTo(says);
  }

  @ParameterizedTest
  @CsvSource({
    "/badge/none.svg",
    "/badge/uptime/1h.svg",
    "/badge/response-time.svg",
    "/badge/database/uptime/30d.png",
    "/api/badge/database/ping/720",
    "/api/v1/endpoints/product_none/health/badge.svg"
  })
  void othersNameNone(String path) {
    assertThat(Badges.at(PAGE, false, path)).isEmpty();
  }

  @Test
  void aResponseTimeThatThePageDoesNotShowIsInNoBadge() {
    var shy = Publication.derive(Fabricated.spec(), Fabricated.rich(NOW), NOW);
    assertThat(Badges.at(shy, false, "/badge/database/response-time.svg")).isEmpty();
  }

  @Test
  void anOldPageDoesNotPassForThePresent() {
    Badge badge = Badges.at(PAGE, true, "/badge/database.svg").orElseThrow().badge();
    assertThat(badge.tone()).isEqualTo(Badge.Tone.GREY);
    assertThat(badge.message()).isEqualTo("Not known");
  }

  @Test
  void aDaysUptimeIsTodayAndTheRestOfTheDayBefore() {
    LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    double sofar = 14 * 3600 + 5 * 60 + 12;
    var subject = UptimeSubject.component("Database");
    var days =
        List.of(
            new DayUptime(subject, today, new StateSeconds(sofar, 0, 0, 0, 0)),
            new DayUptime(subject, today.minusDays(1), new StateSeconds(43_200, 0, 43_200, 0, 0)),
            new DayUptime(subject, today.minusDays(2), new StateSeconds(0, 0, 86_400, 0, 0)));
    var input = new PageInput(List.of(), Map.of(), List.of(), Map.of("Database", days), NOW);
    var page = Publication.derive(Fabricated.spec(), input, NOW);
    // 35,688 s of the day before count, half of them down: 20.65 % of 86,400 s.
    assertThat(Badges.at(page, false, "/badge/database/uptime/24h.svg").orElseThrow().badge())
        .isEqualTo(new Badge("Database uptime 24h", "79.34 %", Badge.Tone.RED));
  }

  @Test
  void hostileNamesAreTextInBothForms() throws Exception {
    var badge = new Badge("\"><script>alert(1)</script>\u0001\\", "& so on", Badge.Tone.GOOD);
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(badge.svg())));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("\"><script>alert(1)</script> \\: & so on");
    var shields = new ObjectMapper().readTree(badge.shields());
    assertThat(shields.path("label").asText()).isEqualTo(badge.label());
    assertThat(shields.path("schemaVersion").asInt()).isEqualTo(1);
  }

  @Test
  void aLongNameIsCut() {
    Badge badge = new Badge("a".repeat(200), "up", Badge.Tone.GOOD);
    assertThat(badge.label()).hasSize(60).endsWith("\u2026");
    assertThat(Optional.of(badge.svg())).get().asString().contains("textLength");
  }

  @ParameterizedTest
  @EnumSource(Badge.Tone.class)
  void whiteTextReadsOnEveryTone(Badge.Tone tone) {
    assertThat(contrastToWhite(Integer.parseInt(tone.hex(), 16))).isGreaterThanOrEqualTo(4.5);
  }

  /** WCAG 2.2, relative luminance and contrast ratio. */
  private static double contrastToWhite(int colour) {
    double light =
        0.2126 * channel(colour >> 16) + 0.7152 * channel(colour >> 8) + 0.0722 * channel(colour);
    return 1.05 / (light + 0.05);
  }

  private static double channel(int value) {
    double share = (value & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}

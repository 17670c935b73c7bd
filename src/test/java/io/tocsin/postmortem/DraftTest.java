package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ClockTargets.PostMortemDuty;
import io.tocsin.incident.CostRate;
import io.tocsin.label.Labels;
import io.tocsin.rule.drift.StatedFinding;
import io.tocsin.series.SeriesPoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class DraftTest {

  private static final String NASTY =
      "a|b **bold** [x](javascript:alert(1)) <script>alert(1)</script> `code` _i_ ![p](q)\n# h";

  @Test
  void theDraftOfAResolvedIncidentIsAsKept() throws IOException {
    Draft draft =
        DraftWriter.write(
            Stories.resolved(), Stories.beforehand(), PostMortemDuty.REQUIRED, Stories.at(2525));

    assertThat(draft.markdown()).isEqualTo(golden("critical.md"));
    assertThat(draft.charts())
        .containsExactly(new Chart("chart-1.svg", golden("critical-chart-1.svg")));
  }

  @Test
  void anOpenIncidentSaysWhatIsNotKnownYet() {
    Evidence resolved = Stories.resolved();
    var open =
        new Evidence(
            Stories.incident(List.of(), Optional.empty()),
            resolved.events().subList(0, 1),
            List.of(),
            List.of(),
            List.of());

    String text =
        DraftWriter.write(open, Beforehand.UNKNOWN, PostMortemDuty.REQUIRED, Stories.at(60))
            .markdown();

    assertThat(text)
        .contains("affected since 14:02:40, not resolved yet, on 21 November 2026")
        .contains("| Paged: first message delivered | never | - | - |")
        .contains("| Acknowledged | never | - | - |")
        .contains("No uptime was recorded")
        .contains("None: a person declared this incident.");
  }

  @Test
  void changesOfOthersStandOnTheTimelineAndPeoplesTimeHasItsPrice() {
    Evidence known = Stories.resolved();
    var deploy =
        new ChangeEvent("c1", Stories.at(-60), "ci", "api 7", List.of(), Map.of(), List.of());
    var evidence =
        new Evidence(
            known.incident(),
            known.events(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(deploy),
            Optional.of(new CostRate(new BigDecimal("120"), Currency.getInstance("EUR"))),
            List.of());
    String text =
        DraftWriter.write(evidence, Beforehand.UNKNOWN, PostMortemDuty.REQUIRED, Stories.at(2525))
            .markdown();
    assertThat(text).contains("| ci changed: api 7 |");
    assertThat(text.indexOf("ci changed: api 7")).isLessThan(text.indexOf("Opened as"));
    assertThat(text).containsPattern("People's time: .*ada.*, \\d+\\.\\d\\d EUR\\.");
  }

  @Test
  void markdownAndHtmlInForeignTextMeanNothing() {
    Alert alert = Stories.alert("Bad" + NASTY, Labels.of("job", NASTY), NASTY, Optional.empty());
    Evidence calm = Stories.resolved();
    var evidence =
        new Evidence(
            Stories.incident(List.of(alert), Optional.empty()),
            List.of(
                Stories.event(1, 30, Actor.SYSTEM, Stories.opened(alert)),
                Stories.event(2, 40, Actor.person(NASTY), new Change.NoteAdded(NASTY))),
            List.of(),
            calm.impacts(),
            List.of(Stories.graph(alert)));

    String html =
        html(
            DraftWriter.write(
                evidence, Beforehand.UNKNOWN, PostMortemDuty.REQUIRED, Stories.START));

    assertThat(html)
        .doesNotContain("<script", "<strong>bold", "<em>i</em>", "href", "<h1>h", "src=\"q\"")
        .contains("**bold** [x](javascript:alert(1)) &lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(html.split("<table>")[2].split("</table>")[0].split("<tr>"))
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.split("<t[hd]>").length).isIn(1, 3));
  }

  @Test
  void aChartIsWellFormedAndEscapesItsLabels() throws Exception {
    Alert alert = Stories.payments(Optional.empty());
    var graph =
        new AlertGraph(
            alert.key(),
            new SeriesPoints(
                Labels.of("__name__", "up", "job", "<b>&\"\u0001"),
                new long[] {Stories.START.toEpochMilli()},
                new double[] {0}),
            OptionalDouble.empty(),
            "");

    String svg = SvgChart.draw(alert, graph);

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("up{job=\"<b>&\\\"\"}");
    assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
        .contains("In breach from 14:02:10 on UTC");
    assertThat(svg).contains("h0\"/>");
  }

  @Test
  void aChartOfManySamplesStaysSmallAndKeepsItsPeaks() {
    Alert alert = Stories.payments(Optional.empty());
    int count = 100_000;
    var graph =
        new AlertGraph(
            alert.key(),
            new SeriesPoints(
                Labels.of("__name__", "x"),
                LongStream.range(0, count).map(i -> i * 1000).toArray(),
                IntStream.range(0, count).mapToDouble(i -> i == 61_803 ? 100 : i % 3).toArray()),
            OptionalDouble.empty(),
            "");

    String svg = SvgChart.draw(alert, graph);

    assertThat(svg.length()).isLessThan(30_000);
    assertThat(svg).contains(" 24.0L");
  }

  @Test
  void aSeriesWithoutSamplesHasNoChart() {
    Alert alert = Stories.payments(Optional.empty());
    var empty = new SeriesPoints(Labels.EMPTY, new long[0], new double[0]);

    assertThat(SvgChart.draw(alert, new AlertGraph(alert.key(), empty, OptionalDouble.empty(), "")))
        .isEmpty();
  }

  @Test
  void theFirstBadSampleIsTheFirstFailureOfTheStreak() {
    Evidence known = Stories.resolved();
    Instant first = known.incident().alerts().getFirst().activeSince().minusSeconds(60);
    var streak =
        new Evidence(
            known.incident(),
            known.events(),
            known.deliveries(),
            known.impacts(),
            known.graphs(),
            List.of(first));

    assertThat(Gaps.of(streak).firstBadSample()).contains(first);
    assertThat(Gaps.of(known).firstBadSample()).contains(first.plusSeconds(60));
  }

  @Test
  void whatDriftRulesFoundIsToldWithItsDistributions() {
    Evidence known = Stories.resolved();
    Evidence drifted = known.with(List.of(StatedFinding.of(known.incident().openedAt())));
    Draft draft =
        DraftWriter.write(drifted, Beforehand.UNKNOWN, PostMortemDuty.REQUIRED, Stories.at(2525));

    assertThat(draft.markdown())
        .contains("## What was measured on models")
        .contains("### ModelDrift: data drift of ranker")
        .contains("critical: mean up 0.60 sd, from 100 to 112")
        .contains("| Bin of price | Reference | Window | Part of PSI |")
        .contains("New: fr.")
        .contains("Accuracy 94.8 % before");
    assertThat(draft.charts()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(draft.charts().getLast().svg()).startsWith("<svg class=\"hist\"");
  }

  @Test
  void thePeakIsTheWorstSeverityItEverHad() {
    Evidence resolved = Stories.resolved();
    var events =
        List.of(
            resolved.events().getFirst(),
            Stories.event(
                2,
                50,
                Actor.person("ada"),
                new Change.SeverityChanged(Severity.CRITICAL, Severity.LOW)));

    assertThat(new Evidence(resolved.incident(), events, List.of(), List.of(), List.of()).peak())
        .isEqualTo(Severity.CRITICAL);
  }

  private static String html(Draft draft) {
    var tables = List.of(TablesExtension.create());
    return HtmlRenderer.builder()
        .extensions(tables)
        .build()
        .render(Parser.builder().extensions(tables).build().parse(draft.markdown()));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = DraftTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

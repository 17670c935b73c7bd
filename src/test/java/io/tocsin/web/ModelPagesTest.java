package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.statuspage.Fabricated;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pages of models say, read as a browser without scripts reads them. */
class ModelPagesTest {

  private static final String RANKER = "/models/signal-ranker";

  private static PageServers servers;
  private static Visitor busy;
  private static Visitor quiet;

  @BeforeAll
  static void open() {
    servers = new PageServers();
    busy = visitor(FabricatedDesk.busy(NOW));
    quiet = visitor(FabricatedDesk.quiet(NOW));
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static Visitor visitor(FabricatedDesk desk) {
    return new Visitor(servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.OPEN));
  }

  private static String page(Visitor visitor, String path) throws Exception {
    HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  @Test
  void theListSaysOfEachModelItsStateAndWhyTheWorstFirst() throws Exception {
    String list = page(busy, "/models");
    assertThat(list)
        .containsSubsequence(
            "Red",
            ">signal-ranker<",
            "accuracy is 93.8 %, target 95.0 %",
            "93.8 %",
            "PSI 0.6",
            "retrain",
            "Unknown",
            ">idle<",
            "no prediction within 1 h",
            "Green",
            ">churn<");
    assertThat(page(busy, "/models?q=CHU")).contains(">churn<").doesNotContain(">idle<");
    assertThat(page(busy, "/models?state=red,unknown"))
        .contains(">signal-ranker<", ">idle<")
        .doesNotContain(">churn<");
    assertThat(page(busy, "/models?q=nobody")).contains("No model matches. 4 are watched");
    assertThat(busy.get("/models?state=purple").statusCode()).isEqualTo(400);
  }

  @Test
  void withoutAModelItSaysHowToSendTheFirstPrediction() throws Exception {
    assertThat(page(quiet, "/models"))
        .contains("curl -X POST", "/api/v1/models/ranker/predictions", "-d '[{");
    assertThat(page(quiet, "/")).contains("No watched model is yellow or red");
  }

  @Test
  void aModelsPageIsItsReportOfTheMoment() throws Exception {
    assertThat(page(busy, RANKER))
        .contains("accuracy is 93.8 %, target 95.0 %")
        .contains("latency p95 is 6", "ms, target 50")
        .contains("price_change drifted: PSI 0.6")
        .contains("data of volume: 6.3 % missing")
        .contains("no significant difference", "champion", "challenger")
        .contains("Distribution of confidence", ">0.60 to 0.70<", "Of judged rows, 7 days")
        .contains("price_change down 2")
        .contains("points a day (p &lt; 0.001 over 29 days)")
        .contains("class=\"plot\"", "class=\"spark\"")
        .contains("/incidents/i185abcdef", "InferenceSlow")
        .contains("https://grafana.example.com/d/tocsin-models?var-model=signal-ranker");
  }

  @Test
  void rulesThatWatchItSayWhatTheyFoundOfThisModel() throws Exception {
    assertThat(page(busy, RANKER))
        .containsSubsequence(
            "Rules that watch it", ">ModelDrift<", "critical", ">ModelAccuracyLow<");
    assertThat(page(busy, "/models/idle")).containsSubsequence(">ModelDrift<", "insufficient data");
    assertThat(page(busy, "/rules/one?id=demo%3BModelDrift")).contains("href=\"/models\"");
  }

  @Test
  void thePlacesThatNameAModelLeadToIt() throws Exception {
    assertThat(page(busy, "/")).contains("href=\"/models/signal-ranker\"", "href=\"/models\"");
    assertThat(page(busy, "/incidents/i185abcdef")).contains("href=\"/models/signal-ranker\"");
  }

  @Test
  void anInputShowsItsDistributionBeforeAndNow() throws Exception {
    assertThat(page(busy, RANKER + "/input?input=price_change"))
        .contains("class=\"hist\"", "reference of 2000 rows, window of 600 rows", "mean up 0.8")
        .contains("p99");
    assertThat(page(busy, RANKER + "/input?input=sector")).contains("class=\"hist\"", "energy");
    assertThat(page(busy, "/models/idle/input?input=x")).contains("There is not enough to compare");
    assertThat(busy.get(RANKER + "/input?input=nothing").statusCode()).isEqualTo(404);
    assertThat(busy.get(RANKER + "/input").statusCode()).isEqualTo(400);
  }

  @Test
  void keptReportsAreListedAndRead() throws Exception {
    assertThat(page(busy, RANKER + "/reports"))
        .containsSubsequence("2026-11-20", "2026-11-19", "2026-11-18");
    assertThat(page(busy, RANKER + "/reports/2026-11-19"))
        .contains("signal-ranker, 2026-11-19", "rel=\"prev\"", "rel=\"next\"", "class=\"plot\"");
    assertThat(page(busy, "/models/idle/reports")).contains("No report is kept yet");
    assertThat(busy.get(RANKER + "/reports/2020-01-01").statusCode()).isEqualTo(404);
    assertThat(busy.get(RANKER + "/reports/yesterday").statusCode()).isEqualTo(400);
  }

  @Test
  void whatNobodyWatchesIsNotFound() throws Exception {
    assertThat(busy.get("/models/nobody").statusCode()).isEqualTo(404);
    assertThat(busy.get("/models/nobody/reports").statusCode()).isEqualTo(404);
    assertThat(busy.get("/models/nobody/input?input=x").statusCode()).isEqualTo(404);
  }

  @Test
  void whatAModelCallsItselfIsText() throws Exception {
    String name = "/models/" + Address.encoded(Fabricated.HOSTILE);
    for (String path :
        List.of("/models", name, name + "/input?input=" + Address.encoded(Fabricated.HOSTILE))) {
      assertThat(page(busy, path)).as(path).contains("&lt;img src").doesNotContain("<img src=x");
    }
  }

  @Test
  void onlyThePartIsAnsweredToThoseWhoWatchLive() throws Exception {
    for (String path : List.of("/models", RANKER, RANKER + "/input?input=price_change")) {
      HttpResponse<String> part = busy.get(path, "HX-Request", "true");
      assertThat(part.body()).as(path).doesNotContain("<html").contains("signal-ranker");
    }
  }

  @Test
  void aThousandInputsArePagedAndFound() throws Exception {
    Visitor wide = visitor(FabricatedDesk.wide(NOW));
    String first = page(wide, "/models/wide");
    assertThat(first).contains("1 to 50 of 1000", "rel=\"next\"");
    assertThat(first.split("data-row=")).hasSize(51);
    assertThat(page(wide, "/models/wide?page=20")).contains("951 to 1000 of 1000");
    assertThat(page(wide, "/models/wide?q=f77")).contains("f770", "f779").doesNotContain("f780");
    assertThat(page(wide, "/models/wide?inputs=moved")).contains("No input matches");
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.label.Labels;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusStatusRoutesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Labels NODE = Labels.of("job", "node", "instance", "a:9100");

  private static final ScrapeTargets TARGETS =
      new ScrapeTargets() {
        @Override
        public List<Target> active() {
          return List.of(
              new Target(
                  Labels.of("__address__", "a:9100", "job", "node"),
                  NODE,
                  "node",
                  "http://a:9100/metrics",
                  "",
                  NOW,
                  Duration.ofMillis(50),
                  Health.UP,
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(10)));
        }

        @Override
        public List<Labels> dropped() {
          return List.of(Labels.of("__address__", "b:9100", "job", "node"));
        }
      };

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final QueryPool pool = new QueryPool(1, 4);
  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);

  @BeforeEach
  void start() throws Exception {
    store.append(SampleBatch.of(Labels.of("__name__", "up", "job", "a"), NOW.toEpochMilli(), 1));
    store.append(SampleBatch.of(Labels.of("__name__", "up", "job", "b"), NOW.toEpochMilli(), 1));
    var metadata = new MetricMetadata();
    metadata.note("up", new MetricMetadata.Entry("gauge", "Up.", ""));
    var about =
        new PrometheusStatusRoutes.About(
            "0.1.0",
            NOW,
            () -> new PrometheusStatusRoutes.Reloaded(NOW, true),
            () -> "global:\n",
            Map.of("query.timeout", "30s"),
            "30d");
    ops.start(
        new PrometheusStatusRoutes(
            about,
            store,
            () -> new PrometheusStatusRoutes.Held(2, 2),
            pool,
            InstantSource.fixed(NOW)),
        new PrometheusTargetRoutes(TARGETS, metadata));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    pool.close();
  }

  @Test
  void clientsLearnWhichPrometheusWeAreLike() throws Exception {
    assertThat(data("status/buildinfo").get("version").asText()).isEqualTo("3.5.0");
    assertThat(data("status/buildinfo").get("revision").asText()).isEqualTo("tocsin-0.1.0");
  }

  @Test
  void configurationFlagsAndRuntimeAreTold() throws Exception {
    assertThat(data("status/config").get("yaml").asText()).isEqualTo("global:\n");
    assertThat(data("status/flags").get("query.timeout").asText()).isEqualTo("30s");
    JsonNode runtime = data("status/runtimeinfo");
    assertThat(runtime.get("startTime").asText()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(runtime.get("reloadConfigSuccess").asBoolean()).isTrue();
    assertThat(runtime.get("timeSeriesCount").asInt()).isEqualTo(2);
    assertThat(runtime.get("storageRetention").asText()).isEqualTo("30d");
    assertThat(runtime.get("GOMAXPROCS").asInt()).isPositive();
  }

  @Test
  void theLargestMetricsAndLabelsAreTold() throws Exception {
    JsonNode tsdb = data("status/tsdb?limit=1");
    assertThat(tsdb.at("/headStats/numSeries").asInt()).isEqualTo(2);
    assertThat(tsdb.at("/headStats/numLabelPairs").asInt()).isEqualTo(3);
    assertThat(tsdb.at("/seriesCountByMetricName/0/name").asText()).isEqualTo("up");
    assertThat(tsdb.at("/seriesCountByMetricName/0/value").asInt()).isEqualTo(2);
    assertThat(tsdb.get("seriesCountByLabelValuePair")).hasSize(1);
    assertThat(ops.get("/prometheus/api/v1/status/tsdb?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void targetsAreListedWithTheirHealth() throws Exception {
    JsonNode target = data("targets").at("/activeTargets/0");
    assertThat(target.get("scrapePool").asText()).isEqualTo("node");
    assertThat(target.get("health").asText()).isEqualTo("up");
    assertThat(target.get("lastScrapeDuration").asDouble()).isEqualTo(0.05);
    assertThat(target.get("scrapeInterval").asText()).isEqualTo("15s");
    assertThat(data("targets").get("droppedTargets")).hasSize(1);
    assertThat(data("targets").at("/droppedTargetCounts/node").asInt()).isEqualTo(1);
    assertThat(data("targets?state=active").get("droppedTargets")).isEmpty();
    assertThat(data("targets?state=dropped").get("activeTargets")).isEmpty();
    assertThat(data("targets?scrapePool=other").get("activeTargets")).isEmpty();
    assertThat(data("scrape_pools").get("scrapePools").get(0).asText()).isEqualTo("node");
  }

  @Test
  void targetsSayWhatTheirMetricsAre() throws Exception {
    JsonNode told = data("targets/metadata?match_target=%7Bjob%3D%22node%22%7D").get(0);
    assertThat(told.at("/target/job").asText()).isEqualTo("node");
    assertThat(told.get("metric").asText()).isEqualTo("up");
    assertThat(data("targets/metadata?metric=up").get(0).has("metric")).isFalse();
    assertThat(data("targets/metadata?match_target=%7Bjob%3D%22x%22%7D")).isEmpty();
  }

  @Test
  void thereIsNoAlertmanager() throws Exception {
    assertThat(data("alertmanagers").get("activeAlertmanagers")).isEmpty();
  }

  private JsonNode data(String path) throws Exception {
    var answer = ops.get("/prometheus/api/v1/" + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).get("data");
  }
}

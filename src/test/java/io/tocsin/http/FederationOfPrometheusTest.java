package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.Eventually;
import io.tocsin.access.AccessPolicy;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.label.Labels;
import io.tocsin.promql.ListReader;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.RealPrometheus;
import io.tocsin.promql.SampleRoom;
import io.tocsin.series.SampleBatch;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Federation beside and below a real Prometheus, where one is installed. */
class FederationOfPrometheusTest {

  private static final List<Double> VALUES =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          999_999.0,
          1_000_000.0,
          123_456_789.0,
          0.0001,
          0.00001,
          1e21,
          1e22,
          -2.5e-300,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          0.1 + 0.2);

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final QueryPool pool = new QueryPool(1, 10);
  private final ListReader store = new ListReader();
  private final StringBuilder openMetrics = new StringBuilder();
  private final long now = System.currentTimeMillis() - 1_000;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(RealPrometheus.missing().isEmpty(), "no Prometheus is installed");
    ops.start(
        new FederateRoutes(
            store,
            QueryLimits.DEFAULT,
            new SampleRoom(1_000_000),
            () -> Labels.of("job", "outer", "region", "eu"),
            pool,
            InstantSource.system()));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    pool.close();
  }

  private void sample(Labels labels, long at, double value) {
    store.add(labels, at, value);
    var pairs = new StringJoiner(",", "{", "}");
    labels.forEach(
        (name, text) -> {
          if (!name.equals(Labels.NAME)) {
            String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
            pairs.add(name + "=\"" + escaped + "\"");
          }
        });
    String text = Double.toString(value).replace("Infinity", "Inf");
    openMetrics.append(labels.metricName()).append(pairs).append(' ').append(text);
    openMetrics.append(' ').append(BigDecimal.valueOf(at, 3)).append('\n');
  }

  /** Series of several metrics with all kinds of values, labels and ages. */
  private void samples() {
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Labels labels = Labels.of("__name__", "metric_" + i % 7, "n", "" + i);
      labels = i % 3 == 0 ? labels.with("instance", "host:" + i) : labels;
      labels = i % 5 == 0 ? labels.with("job", "inner") : labels;
      labels = i % 11 == 0 ? labels.with("text", "ä \\ \" \n " + i) : labels;
      labels = i % 13 == 0 ? labels.with("A", "early") : labels;
      double value =
          i < VALUES.size() ? VALUES.get(i) : random.nextGaussian() * Math.pow(10, i % 40 - 20);
      if (i % 2 == 0) {
        sample(labels, now - 120_000 - i, i);
      }
      sample(labels, i % 10 == 9 ? now - 600_000 : now - i * 1_000L, value);
    }
    openMetrics.append("# EOF\n");
  }

  @Test
  @Timeout(120)
  void theAnswerIsWhatARealPrometheusWouldSayOfTheSameSamples(@TempDir Path folder)
      throws Exception {
    samples();
    String labels =
        "global: { scrape_interval: 1h, external_labels: { job: outer, region: eu } }\n";
    try (var prometheus = RealPrometheus.over(openMetrics.toString(), labels, folder)) {
      for (String selectors :
          List.of(
              "{n=~\".+\"}",
              "metric_1|metric_2|{job=\"inner\"}",
              "metric_3{text=~\"(?s).*ä.*\"}",
              "nothing",
              "metric_4{n!~\"1.*\"}|metric_4")) {
        String path = path(selectors.split("\\|"));
        HttpResponse<String> theirs = prometheus.get(path);
        HttpResponse<String> ours = ops.get(path);

        assertThat(ours.statusCode()).isEqualTo(theirs.statusCode()).isEqualTo(200);
        // They sort by name alone, and what is equal falls as it may.
        assertThat(ours.body().lines().sorted())
            .as(selectors)
            .containsExactlyElementsOf(theirs.body().lines().sorted().toList());
        assertThat(types(ours)).containsExactlyElementsOf(types(theirs));
      }
      String wrong = path("metric_1{");
      assertThat(ops.get(wrong).body()).isEqualTo(prometheus.get(wrong).body());
    }
  }

  @Test
  @Timeout(120)
  void itsProtobufIsReadAsItsTextIs(@TempDir Path folder) throws Exception {
    samples();
    String configuration = "global: { scrape_interval: 1h }\n";
    try (var prometheus = RealPrometheus.over(openMetrics.toString(), configuration, folder)) {
      String path = path("{n=~\".+\"}");
      byte[] protobuf =
          prometheus.get(
              path,
              "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                  + "encoding=delimited");
      Set<String> fromText = decoded(Format.TEXT, prometheus.get(path, "text/plain"));

      assertThat(decoded(Format.PROTO, protobuf)).isEqualTo(fromText).hasSize(180);
    }
  }

  private static Set<String> decoded(Format format, byte[] exposition) {
    var intake =
        new Format.Intake(IngestLimits.DEFAULT, new SeenSeries(1_000), System.currentTimeMillis());
    SampleBatch samples = format.decode(exposition, intake).samples();
    // The text of a zero has no sign.
    return IntStream.range(0, samples.size())
        .mapToObj(
            i -> samples.labels(i) + " " + (samples.value(i) + 0.0) + " " + samples.timestamp(i))
        .collect(Collectors.toSet());
  }

  private static List<String> types(HttpResponse<String> answer) {
    return answer.body().lines().filter(line -> line.startsWith("#")).toList();
  }

  private static String path(String... selectors) {
    var path = new StringBuilder("/federate?");
    for (String selector : selectors) {
      path.append("match%5B%5D=")
          .append(URLEncoder.encode(selector, StandardCharsets.UTF_8))
          .append('&');
    }
    return path.toString();
  }

  @Test
  @Timeout(120)
  void aRealPrometheusTakesOurSeriesWithTheirLabelsAndTimes(@TempDir Path folder) throws Exception {
    store.add(Labels.of("__name__", "errors_total", "job", "api", "instance", "a:1"), now, 42.5);
    store.add(Labels.of("__name__", "job:errors:rate5m", "job", "api"), now, 1e-7);
    String configuration =
        """
        scrape_configs:
          - job_name: federate
            honor_labels: true
            metrics_path: /prometheus/federate
            params: {"match[]": ['{job="api"}']}
            scrape_interval: 500ms
            scrape_timeout: 500ms
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(ops.port());
    try (var prometheus = RealPrometheus.configured(configuration, folder)) {
      Eventually.eventually(
          Duration.ofSeconds(60),
          () -> {
            JsonNode found =
                prometheus.ask("query", Map.of("query", "{region=\"eu\"}[5m]")).at("/data/result");
            assertThat(found)
                .extracting(series -> series.get("metric").toString())
                .containsExactly(
                    "{\"__name__\":\"errors_total\",\"instance\":\"a:1\",\"job\":\"api\","
                        + "\"region\":\"eu\"}",
                    "{\"__name__\":\"job:errors:rate5m\",\"job\":\"api\",\"region\":\"eu\"}");
            assertThat(found)
                .extracting(series -> series.at("/values/0/1").asText())
                .containsExactly("42.5", "1e-07");
            assertThat(found)
                .extracting(series -> Math.round(series.at("/values/0/0").asDouble() * 1_000))
                .containsOnly(now);
          });
    }
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.ingest.PushedGroupStore;
import io.tocsin.ingest.PushedGroups;
import io.tocsin.label.Labels;
import io.tocsin.series.MemoryJournal;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SeriesLimits;
import io.tocsin.telemetry.Telemetry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that opens more series than it may, by every way in, and the report that shows it. */
class CardinalityRoutesTest {
  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final Telemetry telemetry = new Telemetry();
  private final QueryPool pool = new QueryPool(1, 4);
  private final MemoryStore store =
      new MemoryStore(
          new MemoryStore.Limits(
              new SeriesLimits(100, 2, 1_000, 1_000), Duration.ofHours(3), Duration.ofMinutes(10)));

  @BeforeEach
  void start() throws Exception {
    var intake =
        new SampleIntake(
            new MemoryJournal(store),
            new MetricMetadata(),
            OtlpSettings.usual(),
            IngestLimits.DEFAULT,
            ops.blocking,
            telemetry,
            () -> OpsFixture.NOW);
    ops.start(
        new CardinalityRoutes(store, store::census, pool),
        new RemoteWriteRoutes(intake),
        new OtlpRoutes(intake),
        new InfluxRoutes(intake),
        new SampleRoutes(intake),
        new PushRoutes(intake, new PushedGroups(100, PushedGroupStore.inMemory()), ops.blocking));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    pool.close();
    telemetry.close();
  }

  @Test
  void everyWayInKeepsWhatFitsAndSaysWhatDoesNot() throws Exception {
    byte[] write =
        RemoteWrites.of(
            OpsFixture.NOW.toEpochMilli(),
            List.of(
                Labels.of("__name__", "w", "i", "1", "job", "w"),
                Labels.of("__name__", "w", "i", "2", "job", "w"),
                Labels.of("__name__", "w", "i", "3", "job", "w")));
    var written = ops.post("/prometheus/api/v1/write", "application/x-protobuf", write);
    assertThat(written.statusCode()).isEqualTo(400);
    assertThat(written.body())
        .startsWith("2 samples kept, 1 refused because their series are not let in, the first: ")
        .contains("i=\"3\"", "job \"w\" has 2 series, the most one job may have");
    assertThat(written.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
        .contains("2");

    String points =
        "{\"asInt\":1,\"attributes\":[{\"key\":\"i\",\"value\":{\"stringValue\":\"%s\"}}]}";
    var otlp =
        ops.post(
            "/v1/metrics",
            "application/json",
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"o\",\"gauge\":"
                + "{\"dataPoints\":[%s,%s,%s]}}]}]}]}"
                    .formatted(
                        points.formatted("1"), points.formatted("2"), points.formatted("3")));
    assertThat(otlp.statusCode()).isEqualTo(200);
    assertThat(otlp.body())
        .contains("\"rejectedDataPoints\":\"1\"", "series without job has 2 series");

    assertKept(
        ops.post("/write", "text/plain", "x,job=i,k=1 v=1\nx,job=i,k=2 v=1\nx,job=i,k=3 v=1"), 400);
    assertKept(
        ops.post(
            "/api/v1/samples",
            "application/json",
            "[%s,%s,%s]".formatted(json(1), json(2), json(3))),
        400);
    var pushed =
        ops.send(
            ops.request("/metrics/job/p")
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString("a 1\nb 1\nc 1\n")));
    assertThat(pushed.statusCode()).isEqualTo(400);
    assertThat(pushed.body()).contains("2 samples kept", "job \"p\" has 2 series");
    assertThat(telemetry.scrape())
        .contains("tocsin_samples_rejected_total{reason=\"job_series_limit\"} ");
  }

  private static String json(int i) {
    return "{\"metric\":\"j\",\"labels\":{\"job\":\"j\",\"i\":\"%d\"},\"value\":1}".formatted(i);
  }

  private static void assertKept(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("2 samples kept, 1 refused because their series");
  }

  @Test
  void theReportShowsTheLargestAndTheRefused() throws Exception {
    ops.post(
        "/api/v1/samples", "application/json", "[%s,%s,%s]".formatted(json(1), json(2), json(3)));
    ops.post("/api/v1/samples", "application/json", "[{\"metric\":\"alone\",\"value\":1}]");

    var report = ops.get("/api/v1/cardinality?limit=1");

    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(report.body())
        .isEqualTo(
            """
            {"series":3,"limits":{"series":100,"series_per_job":2,"new_series_per_second":1000,\
            "new_series_burst":1000},"created":{"total":3,"last_minute":3},\
            "metrics":[{"name":"j","series":2}],"labels":[{"name":"__name__","values":2}],\
            "label_sizes":[{"name":"__name__","characters":6}],"pairs":[{"pair":"__name__=j","series":2}],\
            "jobs":[{"job":"j","series":2,"refused_samples":1}]}\
            """);
    assertThat(ops.get("/api/v1/cardinality?limit=0").statusCode()).isEqualTo(400);
  }
}

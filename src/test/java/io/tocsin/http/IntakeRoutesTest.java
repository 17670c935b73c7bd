package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.access.AccessPolicy;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.ingest.PushedGroupStore;
import io.tocsin.ingest.PushedGroups;
import io.tocsin.label.Labels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.series.StaleMarker;
import io.tocsin.series.Unadmitted;
import io.tocsin.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;

class IntakeRoutesTest {

  private static final String WRITE = "/prometheus/api/v1/write";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final long NOW = OpsFixture.NOW.toEpochMilli();

  /** A journal that keeps batches and answers as it is told. */
  private static final class FakeJournal implements Journal {
    private final List<SampleBatch> batches = new ArrayList<>();
    private CompletableFuture<AppendResult> answer =
        CompletableFuture.completedFuture(new AppendResult(1, 0));

    @Override
    public CompletionStage<AppendResult> accept(SampleBatch batch) {
      batches.add(batch);
      return answer;
    }

    @Override
    public void observe(SampleBatch batch) {
      throw new IllegalStateException("outside samples must be durable before they are readable");
    }
  }

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final FakeJournal journal = new FakeJournal();
  private final MetricMetadata metadata = new MetricMetadata();
  private final PushedGroups groups = new PushedGroups(100, PushedGroupStore.inMemory());
  private final Telemetry telemetry = new Telemetry();

  @BeforeEach
  void start() throws Exception {
    var limits = new IngestLimits(200_000, 400_000, 10_000, 64, 512, 2_048, Duration.ofMinutes(10));
    var intake =
        new SampleIntake(
            journal,
            metadata,
            OtlpSettings.usual(),
            limits,
            ops.blocking,
            telemetry,
            () -> OpsFixture.NOW);
    ops.start(
        new InfluxRoutes(intake),
        new RemoteWriteRoutes(intake),
        new OtlpRoutes(intake),
        new SampleRoutes(intake),
        new PushRoutes(intake, groups, ops.blocking));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    telemetry.close();
  }

  @Test
  void aRemoteWriteIsJournaledAndAcknowledged() throws Exception {
    var answer = ops.post(WRITE, PROTOBUF, write("up", 1, NOW));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(journal.batches.getFirst().labels(0)).isEqualTo(Labels.of("__name__", "up"));
    assertThat(journal.batches.getFirst().timestamp(0)).isEqualTo(NOW);
    assertThat(telemetry.scrape()).contains("tocsin_samples_total{format=\"remote_write\"} 1.0\n");
  }

  @Test
  void nothingIsAcknowledgedBeforeItIsDurable() throws Exception {
    journal.answer = new CompletableFuture<>();
    try (var client = HttpClient.newHttpClient()) {
      var pending =
          client.sendAsync(
              ops.request(WRITE)
                  .header("Content-Type", PROTOBUF)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(write("up", 1, NOW)))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      // Another request is answered meanwhile, so the first had its chance.
      assertThat(ops.get("/nowhere").statusCode()).isEqualTo(404);
      assertThat(pending).isNotDone();
      journal.answer.complete(new AppendResult(1, 0));
      assertThat(pending.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void samplesTooOldAreRefusedWithoutSpoilingTheOthers() throws Exception {
    journal.answer =
        CompletableFuture.completedFuture(
            new AppendResult(
                3,
                2,
                new Unadmitted(
                    Map.of(new Unadmitted.Cause(Unadmitted.Reason.JOB, "api"), 1),
                    "{job=\"api\"}")));
    var answer = ops.post(WRITE, PROTOBUF, write("up", 1, NOW));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(answer.body())
        .contains(
            "3 samples kept, 2 refused as older than the out-of-order window, 1 refused because"
                + " their series are not let in, the first: {job=\"api\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-protobuf, 204",
    "application/x-protobuf;proto=prometheus.WriteRequest, 204",
    "application/x-protobuf; proto=\"io.prometheus.write.v2.Request\", 204"
  })
  void theHeadersSayWhatWasWritten(String type, int status) throws Exception {
    byte[] body = type.contains("v2") ? write2("up", NOW) : write("up", 1, NOW);
    var answer = ops.post(WRITE, type, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(journal.batches.getFirst().labels(0)).isEqualTo(Labels.of("__name__", "up"));
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
        .contains("1");
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Histograms-Written"))
        .contains("0");
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Exemplars-Written"))
        .contains("0");
  }

  @Test
  void aWriteInPartSaysWhatWasLeftOut() throws Exception {
    byte[] body = write2("up", NOW, NOW + Duration.ofDays(9).toMillis());
    var answer = ops.post(WRITE, PROTOBUF + ";proto=io.prometheus.write.v2.Request", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("1 samples kept, 1 refused, the first: timeseries[0]: timestamp");
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
        .contains("1");
    assertThat(journal.batches.getFirst().size()).isEqualTo(1);
    assertThat(telemetry.scrape())
        .contains("tocsin_samples_rejected_total{reason=\"out_of_bounds\"} 1.0\n");
  }

  @Test
  void aFullJournalAsksToComeBack() throws Exception {
    journal.answer = CompletableFuture.failedFuture(new Journal.JournalFull("queue is full"));
    var answer = ops.post(WRITE, PROTOBUF, write("up", 1, NOW));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void anAbsentDatabaseAsksToComeBackLater() throws Exception {
    journal.answer =
        CompletableFuture.failedFuture(
            new Journal.JournalUnavailable("database away", new IOException("gone")));
    var answer = ops.post("/api/v1/samples", "application/json", json(1));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body()).contains("database away");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-protobuf;proto=io.prometheus.write.v3.Request, snappy",
    "application/x-protobuf, zstd",
    "application/json, snappy"
  })
  void otherVersionsAndEncodingsAreRefused(String type, String encoding) throws Exception {
    var answer =
        ops.send(
            ops.request(WRITE)
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(write("up", 1, NOW))));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(journal.batches).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/prometheus/api/v1/otlp/v1/metrics", "/v1/metrics"})
  void openTelemetryIsAnsweredInItsOwnWords(String path) throws Exception {
    String json =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
          {"name":"g","gauge":{"dataPoints":[{"asInt":1}]}},
          {"name":"e","exponentialHistogram":{"dataPoints":[{}]}}]}]}]}\
        """;
    var partial = ops.post(path, "application/json", json);
    assertThat(partial.statusCode()).isEqualTo(200);
    assertThat(partial.body())
        .contains("\"rejectedDataPoints\":\"1\"", "exponential histogram found");
    assertThat(ops.post(path, "application/json", "{}").body()).isEqualTo("{}");
    assertThat(ops.post(path, PROTOBUF, new byte[0]).statusCode()).isEqualTo(200);
    var wrong = ops.post(path, "application/json", "[]");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"code\":3", "expected an object");
    var broken = ops.post(path, PROTOBUF, new byte[] {10, 5, 1});
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.headers().firstValue("Content-Type")).contains(PROTOBUF);
    assertThat(ops.post(path, "text/plain", "x").statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v2/write?bucket=b&org=o&precision=s, 1763726400",
    "/write?db=d&precision=ms, 1763726400000",
    "/write?db=d, 1763726400000000000"
  })
  void influxLinesAreTaken(String path, String timestamp) throws Exception {
    var answer = ops.post(path, "text/plain; charset=utf-8", "cpu,host=a idle=9 " + timestamp);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(journal.batches.getLast().labels(0))
        .isEqualTo(Labels.of("__name__", "cpu_idle", "host", "a"));
    assertThat(journal.batches.getLast().timestamp(0)).isEqualTo(1_763_726_400_000L);
  }

  @Test
  void wrongInfluxLinesAreRefusedInItsOwnWords() throws Exception {
    var answer = ops.post("/api/v2/write", "text/plain", "cpu idle");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"invalid\"", "expected '='");
    assertThat(ops.post("/write?precision=day", "text/plain", "cpu v=1").statusCode())
        .isEqualTo(400);
    assertThat(ops.get("/ping").statusCode()).isEqualTo(204);
  }

  @Test
  void gzipIsTakenAndABombIsNot() throws Exception {
    assertThat(gzipped("{\"samples\":[{\"metric\":\"x\",\"value\":1}]}".getBytes()).statusCode())
        .isEqualTo(204);
    assertThat(gzipped(new byte[50_000_000]).statusCode()).isEqualTo(413);
    assertThat(
            ops.send(
                    ops.request("/api/v1/samples")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString("not gzip")))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            ops.send(
                    ops.request("/api/v1/samples")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "br")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(415);
  }

  private HttpResponse<String> gzipped(byte[] body) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new java.util.zip.GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return ops.send(
        ops.request("/api/v1/samples")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray())));
  }

  @Test
  void aBrokenWriteIsRefusedWhole() throws Exception {
    var answer = ops.post(WRITE, PROTOBUF, new byte[] {1, 2, 3, 4});
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(journal.batches).isEmpty();
    assertThat(telemetry.scrape()).contains("tocsin_samples_rejected_total{reason=\"malformed\"}");
  }

  @Test
  void aWriteBeyondTheLimitsIsTooLarge() throws Exception {
    assertThat(ops.post(WRITE, PROTOBUF, new byte[200_001]).statusCode()).isEqualTo(413);
    assertThat(ops.post(WRITE, PROTOBUF, Snappy.compress(new byte[400_001])).statusCode())
        .isEqualTo(413);
  }

  @Test
  void jsonSamplesAreTakenSmallAndLarge() throws Exception {
    for (int count : new int[] {1, 2_000}) {
      var answer = ops.post("/api/v1/samples", "application/json", json(count));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
      assertThat(journal.batches.getLast().size()).isEqualTo(count);
    }
  }

  @Test
  void wrongJsonIsRefusedWithItsPlace() throws Exception {
    var answer =
        ops.post("/api/v1/samples", "application/json", "{\"samples\":[{\"metric\":\"x\"}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("samples[0].value: nothing found, expected a number");
  }

  @Test
  void aBatchJobPushesAsToAPushgateway() throws Exception {
    var answer =
        ops.post(
            "/metrics/job/backup/instance/db%201",
            "application/x-www-form-urlencoded",
            "# TYPE rows counter\nrows_total{job=\"own\",table=\"a\"} 7\n");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    SampleBatch batch = journal.batches.getFirst();
    assertThat(batch.labels(0))
        .isEqualTo(
            Labels.of("__name__", "rows_total", "job", "backup", "instance", "db 1", "table", "a"));
    assertThat(batch.timestamp(0)).isEqualTo(NOW);
    assertThat(batch.labels(1).metricName()).isEqualTo("push_time_seconds");
    assertThat(batch.value(1)).isEqualTo(NOW / 1_000.0);
  }

  @Test
  void aPushMayBeProtobufAsClientsInGoSendIt() throws Exception {
    var registry = new PrometheusRegistry();
    Counter.builder().withoutExemplars().name("runs_total").register(registry).inc(3);
    var body = new ByteArrayOutputStream();
    new PrometheusProtobufWriter().write(body, registry.scrape());

    var answer =
        ops.post(
            "/metrics/job/backup",
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                + " encoding=delimited",
            body.toByteArray());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(journal.batches.getFirst().labels(0))
        .isEqualTo(Labels.of("__name__", "runs_total", "job", "backup"));
    assertThat(journal.batches.getFirst().value(0)).isEqualTo(3);
  }

  @Test
  void whatIsPushedMayBeOpenMetrics() throws Exception {
    String type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    var answer = ops.post("/metrics/job/backup", type, "# TYPE a counter\na_total 1\n# EOF\n");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(journal.batches.getFirst().labels(0).metricName()).isEqualTo("a_total");
    assertThat(ops.post("/metrics/job/backup", type, "a_total 1\n").statusCode()).isEqualTo(400);
    assertThat(ops.post("/api/v1/samples", type, "a_total 1\n# EOF\n").statusCode()).isEqualTo(204);
    assertThat(ops.post("/api/v1/samples", "text/plain", "a_total 1\n").statusCode())
        .isEqualTo(204);
  }

  @Test
  void aGroupLivesUntilItIsDeleted() throws Exception {
    String path = "/metrics/job/backup";
    ops.send(ops.request(path).PUT(HttpRequest.BodyPublishers.ofString("a 1\nb 1\n")));
    ops.post(path, "text/plain", "b 2\n");
    assertThat(groups.exposed(NOW + 15_000).size()).isEqualTo(4);
    ops.send(ops.request(path).PUT(HttpRequest.BodyPublishers.ofString("b 3\n")));
    SampleBatch put = journal.batches.getLast();
    assertThat(put.labels(1)).isEqualTo(Labels.of("__name__", "a", "job", "backup"));
    assertThat(StaleMarker.is(put.value(1))).isTrue();
    var deleted = ops.send(ops.request(path).DELETE());
    assertThat(deleted.statusCode()).isEqualTo(202);
    assertThat(StaleMarker.is(journal.batches.getLast().value(0))).isTrue();
    assertThat(groups.seriesCount()).isZero();
    assertThat(ops.send(ops.request(path).DELETE()).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1 1700000000000|a timestamp found, expected none",
        "a 1\\na 2|found twice, expected each series once",
        "a one|expected a number"
      })
  void aWrongPushLeavesTheGroupAndShowsInItsFailureTime(String body, String reason)
      throws Exception {
    ops.post("/metrics/job/backup", "text/plain", "b 7\n");
    var answer = ops.post("/metrics/job/backup", "text/plain", body.replace("\\n", "\n") + "\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
    SampleBatch exposed = groups.exposed(NOW);
    assertThat(exposed.labels(0).metricName()).isEqualTo("b");
    assertThat(exposed.labels(2).metricName()).isEqualTo("push_failure_time_seconds");
    assertThat(exposed.value(2)).isEqualTo(NOW / 1_000.0);
  }

  @Test
  void aPushThatIsNotDurableChangesNothing() throws Exception {
    journal.answer = CompletableFuture.failedFuture(new Journal.JournalFull("queue is full"));
    assertThat(ops.post("/metrics/job/backup", "text/plain", "b 7\n").statusCode()).isEqualTo(503);
    assertThat(groups.seriesCount()).isZero();
  }

  @Test
  void pushedGroupsAreBounded() throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < 101; i++) {
      body.append("a{i=\"").append(i).append("\"} 1\n");
    }
    assertThat(ops.post("/metrics/job/backup", "text/plain", body.toString()).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aPushMayBePutAndItsPathEncoded() throws Exception {
    var put =
        ops.request("/metrics/job@base64/YS9i/path@base64/L3Zhcg")
            .PUT(HttpRequest.BodyPublishers.ofString("x 1\n"));
    assertThat(ops.send(put).statusCode()).isEqualTo(200);
    assertThat(journal.batches.getFirst().labels(0))
        .isEqualTo(Labels.of("__name__", "x", "job", "a/b", "path", "/var"));
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/job/a/b, odd number",
    "/metrics/job/a/1b/c, expected a label's name",
    "/metrics/job/a/__name__/c, expected a label's name",
    "/metrics/job/, job's name is empty",
    "/metrics/job@base64/!!, expected base64url"
  })
  void aWrongPushPathIsRefused(String path, String reason) throws Exception {
    var answer = ops.post(path, "text/plain", "x 1\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
    assertThat(journal.batches).isEmpty();
  }

  private static String json(int samples) {
    var body = new StringBuilder("{\"samples\":[");
    for (int i = 0; i < samples; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"metric\":\"x\",\"labels\":{\"i\":\"")
          .append(i)
          .append("\"},\"value\":1.5}");
    }
    return body.append("]}").toString();
  }

  /** A {@code WriteRequest} of one sample of one series. */
  private static byte[] write(String metric, double value, long millis) throws IOException {
    byte[] label =
        message(
            out -> {
              out.writeString(1, "__name__");
              out.writeString(2, metric);
            });
    byte[] sample =
        message(
            out -> {
              out.writeDouble(1, value);
              out.writeInt64(2, millis);
            });
    byte[] series =
        message(
            out -> {
              out.writeByteArray(1, label);
              out.writeByteArray(2, sample);
            });
    return Snappy.compress(message(out -> out.writeByteArray(1, series)));
  }

  /** A 2.0 {@code Request} of one series. */
  private static byte[] write2(String metric, long... millis) throws IOException {
    byte[] series =
        message(
            out -> {
              out.writeByteArray(1, new byte[] {1, 2});
              for (long at : millis) {
                out.writeByteArray(2, message(sample -> sample.writeInt64(2, at)));
              }
            });
    return Snappy.compress(
        message(
            out -> {
              for (String symbol : List.of("", "__name__", metric)) {
                out.writeString(4, symbol);
              }
              out.writeByteArray(5, series);
            }));
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}

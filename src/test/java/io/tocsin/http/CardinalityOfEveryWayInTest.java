package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.tocsin.access.AccessPolicy;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.ingest.PushedGroupStore;
import io.tocsin.ingest.PushedGroups;
import io.tocsin.ingest.ScrapedTarget;
import io.tocsin.ingest.Statsd;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.Journal;
import io.tocsin.series.MemoryJournal;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesCensus;
import io.tocsin.series.SeriesLimits;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.series.Unadmitted;
import io.tocsin.series.Unadmitted.Reason;
import io.tocsin.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/** Five series of a job come in by each format where three may be. */
class CardinalityOfEveryWayInTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String WRITE = "/prometheus/api/v1/write";
  private static final String OTLP = "/v1/metrics";
  private static final String SAMPLES = "/api/v1/samples";
  private static final long NOW = OpsFixture.NOW.toEpochMilli();
  private static final int SENT = 5;
  private static final int ROOM = 3;

  private record WayIn(String path, String type, byte[] body, int status) {
    static WayIn text(String path, String type, String body) {
      return new WayIn(path, type, body.getBytes(StandardCharsets.UTF_8), 400);
    }
  }

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final Telemetry telemetry = new Telemetry();
  private MemoryStore store = store(SeriesLimits.DEFAULT);

  private final Journal journal =
      new Journal() {
        @Override
        public CompletionStage<AppendResult> accept(SampleBatch batch) {
          return new MemoryJournal(store).accept(batch);
        }

        @Override
        public void observe(SampleBatch batch) {
          store.append(batch);
        }
      };

  private static MemoryStore store(SeriesLimits limits) {
    return new MemoryStore(
        new MemoryStore.Limits(limits, Duration.ofMinutes(1), Duration.ofMinutes(10)), () -> 0);
  }

  private static SeriesLimits limits(Reason reason) {
    return switch (reason) {
      case TOTAL -> new SeriesLimits(ROOM, 100, 100, 100);
      case JOB -> new SeriesLimits(100, ROOM, 100, 100);
      case RATE -> new SeriesLimits(100, 100, 1, ROOM);
    };
  }

  @BeforeEach
  void start() throws Exception {
    var intake =
        new SampleIntake(
            journal,
            new MetricMetadata(),
            OtlpSettings.usual(),
            IngestLimits.DEFAULT,
            ops.blocking,
            telemetry,
            () -> OpsFixture.NOW);
    ops.start(
        new InfluxRoutes(intake),
        new RemoteWriteRoutes(intake),
        new OtlpRoutes(intake),
        new SampleRoutes(intake),
        new PushRoutes(intake, new PushedGroups(100, PushedGroupStore.inMemory()), ops.blocking));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void whatHasNoRoomIsRefusedByItselfAndTheSenderHearsWhy(Reason reason) throws Exception {
    double counted = 0;
    for (WayIn way : waysIn()) {
      store = store(limits(reason));
      for (int times = 0; times < 2; times++) {
        var answer = ops.post(way.path, way.type, way.body);

        assertThat(answer.statusCode()).as("%s: %s", way, answer.body()).isEqualTo(way.status);
        assertThat(answer.body())
            .as(way.toString())
            .contains("3 samples kept, ", " refused because their series are not let in")
            .contains(
                switch (reason) {
                  case TOTAL -> "there are 3 series, the most there may be";
                  case JOB -> " has 3 series, the most one job may have";
                  case RATE -> " opened 3 series at once, the most it may";
                });
        assertThat(store.census(9).series()).as(way.toString()).isEqualTo(ROOM);
      }
      assertThat(rejected(reason)).as(way.toString()).isGreaterThan(counted);
      counted = rejected(reason);
      String other = "{\"samples\":[{\"metric\":\"x\",\"labels\":{\"job\":\"b\"},\"value\":1}]}";
      assertThat(ops.post(SAMPLES, "application/json", other).statusCode())
          .as("another job after %s", way)
          .isEqualTo(reason == Reason.TOTAL ? 400 : 204);
    }
  }

  /** Nobody waits for an answer there, so the store says it, and our metrics count that. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void datagramsAndScrapesKeepWhatHasRoom(Reason reason) {
    var statsd = new Statsd(100, IngestLimits.DEFAULT);
    String lines =
        IntStream.range(0, SENT)
            .mapToObj("x:1|g|#i:%d"::formatted)
            .collect(Collectors.joining("\n"));
    assertThat(statsd.receive(lines.getBytes(StandardCharsets.UTF_8), NOW)).isZero();

    store = store(limits(reason));
    assertRefused(statsd.read(NOW), reason, ROOM);
    // Of the room for three series of a job, those about the scrape take all and two more.
    store = store(limits(reason));
    assertRefused(scraped("one:1"), reason, reason == Reason.RATE ? 5 + ROOM : 5);
    assertThat(store.census(9).series()).isEqualTo(reason == Reason.RATE ? 5 + ROOM : 5);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void whetherATargetIsUpIsToldHoweverManySeriesItsJobHas(Reason reason) {
    store = store(limits(reason));
    journal.observe(scraped("one:1"));

    journal.observe(scraped("two:1"));
    journal.observe(SampleBatch.of(Labels.of("__name__", "up", "job", "a", "by", "me"), NOW, 1));

    assertThat(store.select(List.of(Matcher.equal("__name__", "up")), 0, NOW))
        .extracting(series -> series.labels().get("instance"))
        .containsExactly("one:1", "two:1");
    assertThat(store.select(List.of(Matcher.equal("instance", "two:1")), 0, NOW)).hasSize(5);
  }

  private static SampleBatch scraped(String instance) {
    Labels labels = Labels.of("job", "a", "instance", instance);
    var target = new ScrapedTarget(labels, ScrapedTarget.Rules.PLAIN);
    var exposed = SampleBatch.builder();
    series().forEach(one -> exposed.add(one, NOW, 1));
    return target.succeeded(exposed.build(), NOW, Duration.ofMillis(1));
  }

  private void assertRefused(SampleBatch batch, Reason reason, int kept) {
    var told = new ArrayList<Unadmitted>();
    store.onUnadmitted(told::add);

    journal.observe(batch);

    assertThat(told)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.byReason()).containsOnlyKeys(reason);
              assertThat(one.total()).isEqualTo(batch.size() - kept);
            });
    assertThat(store.census(9).jobs())
        .extracting(SeriesCensus.Job::refused)
        .containsExactly((long) batch.size() - kept);
  }

  private double rejected(Reason reason) {
    String start = "tocsin_samples_rejected_total{reason=\"" + reason.word() + "\"} ";
    return telemetry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElse(0);
  }

  private static List<WayIn> waysIn() throws IOException {
    String text = lines("x{job=\"a\",i=\"%d\"} 1");
    return List.of(
        new WayIn(WRITE, PROTOBUF, RemoteWrites.of(NOW, series()), 400),
        new WayIn(WRITE, PROTOBUF + ";proto=io.prometheus.write.v2.Request", write2(), 400),
        new WayIn(OTLP, PROTOBUF, otlp(), 200),
        new WayIn(OTLP, "application/json", otlpJson().getBytes(StandardCharsets.UTF_8), 200),
        WayIn.text(SAMPLES, "text/plain", text),
        WayIn.text(SAMPLES, "application/openmetrics-text", "# TYPE x gauge\n" + text + "# EOF\n"),
        WayIn.text("/metrics/job/a", "text/plain", lines("x{i=\"%d\"} 1")),
        WayIn.text("/api/v2/write", "text/plain", lines("x,job=a,i=%d value=1")),
        WayIn.text(
            SAMPLES,
            "application/json",
            "{\"samples\":["
                + each(
                    "{\"metric\":\"x\",\"labels\":{\"job\":\"a\",\"i\":\"%d\"},\"value\":1}", ",")
                + "]}"));
  }

  private static String each(String form, String between) {
    return IntStream.range(0, SENT).mapToObj(form::formatted).collect(Collectors.joining(between));
  }

  private static String lines(String form) {
    return each(form, "\n") + "\n";
  }

  private static List<Labels> series() {
    return IntStream.range(0, SENT)
        .mapToObj(i -> Labels.of("__name__", "x", "i", Integer.toString(i), "job", "a"))
        .toList();
  }

  private static byte[] write2() throws IOException {
    return Snappy.compress(
        message(
            out -> {
              for (String symbol : List.of("", "__name__", "x", "i", "job", "a")) {
                out.writeString(4, symbol);
              }
              for (int i = 0; i < SENT; i++) {
                out.writeString(4, Integer.toString(i));
              }
              for (byte i = 6; i < 6 + SENT; i++) {
                byte[] labels = {1, 2, 3, i, 4, 5};
                byte[] sample = message(one -> one.writeInt64(2, NOW));
                out.writeByteArray(
                    5,
                    message(
                        one -> {
                          one.writeByteArray(1, labels);
                          one.writeByteArray(2, sample);
                        }));
              }
            }));
  }

  private static String otlpJson() {
    String point =
        "{\"asInt\":1,\"attributes\":[{\"key\":\"i\",\"value\":{\"stringValue\":\"%d\"}}]}";
    return """
    {"resourceMetrics":[{
      "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},
      "scopeMetrics":[{"metrics":[{"name":"x","gauge":{"dataPoints":[POINTS]}}]}]}]}
    """
        .replace("POINTS", each(point, ","));
  }

  private static byte[] otlp() throws IOException {
    byte[] gauge =
        message(
            out -> {
              for (int i = 0; i < SENT; i++) {
                byte[] attribute = attribute("i", Integer.toString(i));
                out.writeByteArray(
                    1,
                    message(
                        point -> {
                          point.writeDouble(4, 1);
                          point.writeByteArray(7, attribute);
                        }));
              }
            });
    byte[] metric =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeByteArray(5, gauge);
            });
    byte[] scope = message(out -> out.writeByteArray(2, metric));
    byte[] resource = message(out -> out.writeByteArray(1, attribute("service.name", "a")));
    byte[] whole =
        message(
            out -> {
              out.writeByteArray(1, resource);
              out.writeByteArray(2, scope);
            });
    return message(out -> out.writeByteArray(1, whole));
  }

  private static byte[] attribute(String key, String value) throws IOException {
    byte[] text = message(out -> out.writeString(1, value));
    return message(
        out -> {
          out.writeString(1, key);
          out.writeByteArray(2, text);
        });
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

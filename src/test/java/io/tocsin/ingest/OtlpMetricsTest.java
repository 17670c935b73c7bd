package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.NOW;
import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.series.StaleMarker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtlpMetricsTest {
  private static final long NANOS = NOW * 1_000_000;
  private final Format.Intake intake = Intakes.fresh();

  private static KeyValue attribute(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static byte[] request(Metric... metrics) {
    return request(List.of(), metrics);
  }

  private static byte[] request(List<KeyValue> resource, Metric... metrics) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(resource))
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
        .build()
        .toByteArray();
  }

  private static NumberDataPoint.Builder point(double value) {
    return NumberDataPoint.newBuilder().setTimeUnixNano(NANOS).setAsDouble(value);
  }

  private static Metric gauge(String name, String unit, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setUnit(unit)
        .setGauge(Gauge.newBuilder().addDataPoints(point))
        .build();
  }

  private static Metric sum(
      String name, AggregationTemporality temporality, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setDescription("What " + name + " counts.")
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(temporality)
                .addDataPoints(point))
        .build();
  }

  private Decoded decode(byte[] body) {
    return Format.OTLP.decode(body, intake);
  }

  private List<String> samples(byte[] body) {
    return shown(decode(body).samples());
  }

  @Test
  void aResourceIsJobInstanceAndTargetInfo() {
    byte[] body =
        request(
            List.of(
                attribute("service.name", "checkout"),
                attribute("service.namespace", "shop"),
                attribute("service.instance.id", "a1"),
                attribute("host.name", "db-1")),
            gauge("jvm.memory.used", "By", point(5).addAttributes(attribute("jvm.pool", "eden"))));

    assertThat(samples(body))
        .containsExactly(
            "jvm_memory_used_bytes{instance=\"a1\", job=\"shop/checkout\", jvm_pool=\"eden\"} 5.0 @"
                + NOW,
            "target_info{host_name=\"db-1\", instance=\"a1\", job=\"shop/checkout\"} 1.0 @" + NOW);
  }

  @Test
  void chosenResourceAttributesBecomeLabels() {
    var promoting =
        new Format.Intake(
            IngestLimits.DEFAULT,
            new SeenSeries(16),
            NOW,
            OtlpSettings.promoting(Set.of("host.name")));
    byte[] body =
        request(
            List.of(attribute("service.name", "a"), attribute("host.name", "h")),
            gauge("x", "", point(1)));
    assertThat(shown(Format.OTLP.decode(body, promoting).samples()).getFirst())
        .startsWith("x{host_name=\"h\", job=\"a\"}");
  }

  @Test
  void sumsAreCountersOrGauges() {
    var cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    Decoded decoded =
        decode(
            request(
                sum("hits", cumulative, point(0).setAsInt(7)),
                Metric.newBuilder()
                    .setName("queue.size")
                    .setSum(
                        Sum.newBuilder()
                            .setAggregationTemporality(cumulative)
                            .addDataPoints(point(3)))
                    .build()));
    assertThat(shown(decoded.samples()))
        .containsExactly("hits_total 7.0 @" + NOW, "queue_size 3.0 @" + NOW);
    assertThat(decoded.metadata())
        .isEqualTo(
            Map.of(
                "hits_total",
                new Description("counter", "What hits counts.", ""),
                "queue_size",
                new Description("gauge", "", "")));
  }

  @Test
  void differencesBecomeRunningTotalsAndARepeatedRequestCountsOnce() {
    var delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    byte[] first = request(sum("hits", delta, point(2)));
    byte[] second = request(sum("hits", delta, point(3).setTimeUnixNano(NANOS + 1_000_000_000)));

    assertThat(samples(first)).containsExactly("hits_total 2.0 @" + NOW);
    assertThat(samples(first)).containsExactly("hits_total 2.0 @" + NOW);
    assertThat(samples(second)).containsExactly("hits_total 5.0 @" + (NOW + 1_000));
    assertThat(decode(first).refused().counts()).isEqualTo(Map.of(Refused.Reason.DELTA, 1));
  }

  @Test
  void runningTotalsAreBounded() {
    var sums = new DeltaSums(2);
    for (String name : List.of("a", "b", "a", "c")) {
      sums.add(io.tocsin.label.Labels.of("__name__", name), sums.size(), 1);
    }
    assertThat(sums.size()).isEqualTo(2);
    // b was silent longest, so it starts from nothing.
    assertThat(sums.add(io.tocsin.label.Labels.of("__name__", "b"), 9, 1)).hasValue(1);
    assertThat(sums.add(io.tocsin.label.Labels.of("__name__", "c"), 9, 1)).hasValue(2);
  }

  private static Metric histogram(HistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("http.server.request.duration")
        .setUnit("s")
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point.setTimeUnixNano(NANOS)))
        .build();
  }

  @Test
  void aHistogramIsItsBucketsSumAndCount() {
    byte[] body =
        request(
            histogram(
                HistogramDataPoint.newBuilder()
                    .setCount(6)
                    .setSum(1.5)
                    .addAllExplicitBounds(List.of(0.1, 1e7))
                    .addAllBucketCounts(List.of(1L, 2L, 3L))
                    .addAttributes(attribute("le", "mine"))));
    String name = "http_server_request_duration_seconds";
    assertThat(samples(body))
        .containsExactly(
            name + "_sum{le=\"mine\"} 1.5 @" + NOW,
            name + "_count{le=\"mine\"} 6.0 @" + NOW,
            name + "_bucket{le=\"0.1\"} 1.0 @" + NOW,
            name + "_bucket{le=\"10000000\"} 3.0 @" + NOW,
            name + "_bucket{le=\"+Inf\"} 6.0 @" + NOW);
  }

  @Test
  void aSummaryIsItsQuantilesSumAndCount() {
    Metric summary =
        Metric.newBuilder()
            .setName("rpc.latency")
            .setUnit("ms")
            .setSummary(
                Summary.newBuilder()
                    .addDataPoints(
                        SummaryDataPoint.newBuilder()
                            .setTimeUnixNano(NANOS)
                            .setCount(4)
                            .setSum(10)
                            .addQuantileValues(
                                SummaryDataPoint.ValueAtQuantile.newBuilder()
                                    .setQuantile(0.99)
                                    .setValue(8))))
            .build();
    assertThat(samples(request(summary)))
        .containsExactly(
            "rpc_latency_milliseconds_sum 10.0 @" + NOW,
            "rpc_latency_milliseconds_count 4.0 @" + NOW,
            "rpc_latency_milliseconds{quantile=\"0.99\"} 8.0 @" + NOW);
  }

  @Test
  void whatCannotBeKeptIsCountedAndTheRestIsTaken() {
    Metric exponential =
        Metric.newBuilder()
            .setName("e")
            .setExponentialHistogram(
                ExponentialHistogram.newBuilder()
                    .addDataPoints(ExponentialHistogramDataPoint.newBuilder().setCount(1)))
            .build();
    Metric untimed = sum("u", AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED, point(1));
    Metric uneven =
        histogram(HistogramDataPoint.newBuilder().addExplicitBounds(1).addBucketCounts(1));
    Metric nameless = gauge("", "", point(1));
    Metric future = gauge("f", "", point(1).setTimeUnixNano(Long.MAX_VALUE));

    Decoded decoded =
        decode(request(exponential, untimed, uneven, nameless, future, gauge("g", "", point(1))));

    assertThat(shown(decoded.samples())).containsExactly("g 1.0 @" + NOW);
    assertThat(decoded.refused().counts())
        .isEqualTo(
            Map.of(
                Refused.Reason.NATIVE_HISTOGRAM, 1,
                Refused.Reason.KIND, 2,
                Refused.Reason.LABELS, 1,
                Refused.Reason.TIMESTAMP, 1));
    assertThat(decoded.refused().first())
        .isEqualTo(
            "resource_metrics[0] e: exponential histogram found, expected one with explicit"
                + " bounds");
  }

  @Test
  void noRecordedValueEndsTheSeries() {
    var samples = decode(request(gauge("g", "", point(1).setFlags(1)))).samples();
    assertThat(StaleMarker.is(samples.value(0))).isTrue();
  }

  @Test
  void attributesOfEveryTypeAreText() {
    var list =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder()
                    .addValues(AnyValue.newBuilder().setIntValue(1))
                    .addValues(
                        AnyValue.newBuilder()
                            .setKvlistValue(
                                KeyValueList.newBuilder().addValues(attribute("k", "v")))))
            .build();
    var point =
        point(1)
            .addAttributes(attribute("a", AnyValue.newBuilder().setBoolValue(true).build()))
            .addAttributes(attribute("b", AnyValue.newBuilder().setIntValue(-3).build()))
            .addAttributes(attribute("c", AnyValue.newBuilder().setDoubleValue(2.5).build()))
            .addAttributes(attribute("d", list))
            .addAttributes(attribute("x.y", "1"))
            .addAttributes(attribute("x_y", "2"))
            .addAttributes(attribute("empty", ""));
    assertThat(decode(request(gauge("g", "", point))).samples().labels(0).toMap())
        .isEqualTo(
            Map.of(
                "__name__",
                "g",
                "a",
                "true",
                "b",
                "-3",
                "c",
                "2.5",
                "d",
                "[1,{\"k\":\"v\"}]",
                "x_y",
                "1;2"));
  }

  @Test
  void jsonSaysTheSame() {
    String json =
        """
        {"resourceMetrics":[{"resource":{"attributes":[
            {"key":"service.name","value":{"stringValue":"a"}}],"droppedAttributesCount":0},
          "scopeMetrics":[{"scope":{"name":"s"},"schemaUrl":"x","metrics":[
            {"name":"hits","unit":"1","sum":{"aggregationTemporality":2,"isMonotonic":true,
              "dataPoints":[{"asInt":"9007199254740993","timeUnixNano":"%d","exemplars":[{}]}]}},
            {"name":"d","unit":"s","histogram":{
              "aggregation_temporality":"AGGREGATION_TEMPORALITY_CUMULATIVE","dataPoints":[
              {"count":"3","sum":2.5,"bucketCounts":["1","2"],"explicitBounds":[0.5],
               "timeUnixNano":%d}]}},
            {"name":"t","gauge":{"dataPoints":[{"asDouble":"NaN","timeUnixNano":"%d"}]}}
          ]}]}]}
        """
            .formatted(NANOS, NANOS, NANOS);
    assertThat(shown(Format.OTLP_JSON.decode(utf8(json), intake).samples()))
        .containsExactly(
            "hits_total{job=\"a\"} 9.007199254740992E15 @" + NOW,
            "d_seconds_sum{job=\"a\"} 2.5 @" + NOW,
            "d_seconds_count{job=\"a\"} 3.0 @" + NOW,
            "d_seconds_bucket{job=\"a\", le=\"0.5\"} 1.0 @" + NOW,
            "d_seconds_bucket{job=\"a\", le=\"+Inf\"} 3.0 @" + NOW,
            "t{job=\"a\"} NaN @" + NOW);
  }

  @Test
  void wrongJsonIsRefusedWithItsPath() {
    refusedJson("[]", "body: [ found, expected an object with \"resourceMetrics\"");
    refusedJson("{\"resourceMetrics\":{}}", "/resourceMetrics: { found, expected an array");
    refusedJson(
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":7}]}]}]}",
        "/resourceMetrics/0/scopeMetrics/0/metrics/0/name: 7 found, expected a text");
    refusedJson("{\"resourceMetrics\":[", "line 1");
    refusedJson("{\"a\":".repeat(500), "body: Document nesting depth");
    refusedJson("{} {}", "expected nothing behind the request");
  }

  private void refusedJson(String json, String reason) {
    assertRefused(Format.OTLP_JSON, utf8(json), intake, reason);
  }

  @Test
  void brokenProtobufIsRefusedWhole() {
    byte[] whole = request(gauge("g", "", point(1)));
    for (int length = 1; length < whole.length; length++) {
      assertRefused(Format.OTLP, java.util.Arrays.copyOf(whole, length), intake, "protobuf, byte ");
    }
    AnyValue deep = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < 50; i++) {
      deep = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(deep)).build();
    }
    assertRefused(
        Format.OTLP,
        request(gauge("g", "", point(1).addAttributes(attribute("a", deep)))),
        intake,
        "nested deeper than 32 levels");
    var many = point(1);
    for (int i = 0; i < 1_025; i++) {
      many.addAttributes(attribute("a" + i, "x"));
    }
    assertRefused(
        Format.OTLP, request(gauge("g", "", many)), intake, "more than 1024 attributes found");
  }
}

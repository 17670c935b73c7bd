package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.tocsin.access.AccessPolicy;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.label.Labels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What OpenTelemetry's and Micrometer's own exporters send is taken. */
class OtlpClientsTest {

  private static final class LastValues implements Journal {
    private final Map<Labels, Double> values = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<AppendResult> accept(SampleBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        values.put(batch.labels(i), batch.value(i));
      }
      return CompletableFuture.completedFuture(new AppendResult(batch.size(), 0));
    }

    @Override
    public void observe(SampleBatch batch) {}
  }

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final LastValues journal = new LastValues();
  private final MetricMetadata metadata = new MetricMetadata();
  private final Telemetry telemetry = new Telemetry();

  @BeforeEach
  void start() throws Exception {
    ops.start(
        new OtlpRoutes(
            new SampleIntake(
                journal,
                metadata,
                OtlpSettings.usual(),
                IngestLimits.DEFAULT,
                ops.blocking,
                telemetry,
                InstantSource.system())));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    telemetry.close();
  }

  private String url() {
    return "http://127.0.0.1:" + ops.port() + "/prometheus/api/v1/otlp/v1/metrics";
  }

  private Double value(String... labels) {
    return journal.values.get(Labels.of(labels));
  }

  private SdkMeterProvider provider(AggregationTemporalitySelector temporality) {
    var exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(url())
            .setCompression("gzip")
            .setTimeout(Duration.ofSeconds(10))
            .setAggregationTemporalitySelector(temporality)
            .build();
    return SdkMeterProvider.builder()
        .setResource(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"), "checkout",
                    AttributeKey.stringKey("service.instance.id"), "i1",
                    AttributeKey.stringKey("deployment.environment"), "test")))
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter).setInterval(Duration.ofHours(1)).build())
        .build();
  }

  @Test
  void openTelemetrysExporterIsUnderstood() {
    try (var provider = provider(AggregationTemporalitySelector.alwaysCumulative())) {
      var meter = provider.get("test");
      meter
          .counterBuilder("orders")
          .setUnit("{order}")
          .setDescription("Orders placed.")
          .build()
          .add(3, Attributes.of(AttributeKey.stringKey("payment.kind"), "card"));
      meter.histogramBuilder("order.duration").setUnit("s").build().record(0.3);
      meter.gaugeBuilder("pool.usage").setUnit("1").build().set(0.5);
      assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
    assertThat(
            value(
                "__name__",
                "orders_total",
                "job",
                "checkout",
                "instance",
                "i1",
                "payment_kind",
                "card"))
        .isEqualTo(3.0);
    assertThat(value("__name__", "pool_usage_ratio", "job", "checkout", "instance", "i1"))
        .isEqualTo(0.5);
    assertThat(
            value(
                "__name__",
                "order_duration_seconds_bucket",
                "job",
                "checkout",
                "instance",
                "i1",
                "le",
                "5"))
        .isEqualTo(1.0);
    assertThat(journal.values.keySet())
        .anySatisfy(
            labels -> {
              assertThat(labels.metricName()).isEqualTo("target_info");
              assertThat(labels.get("deployment_environment")).isEqualTo("test");
            });
    assertThat(metadata.of("orders_total"))
        .containsExactly(new MetricMetadata.Entry("counter", "Orders placed.", ""));
  }

  @Test
  void differencesOfOpenTelemetryAddUp() {
    try (var provider = provider(AggregationTemporalitySelector.deltaPreferred())) {
      var counter = provider.get("test").counterBuilder("orders").build();
      for (int i = 1; i <= 3; i++) {
        counter.add(i);
        assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
      }
    }
    assertThat(value("__name__", "orders_total", "job", "checkout", "instance", "i1"))
        .isEqualTo(6.0);
  }

  @Test
  void micrometersRegistryIsUnderstood() {
    OtlpConfig config =
        new OtlpConfig() {
          @Override
          public String get(String key) {
            return null;
          }

          @Override
          public String url() {
            return OtlpClientsTest.this.url();
          }

          @Override
          public Map<String, String> resourceAttributes() {
            return Map.of("service.name", "billing");
          }

          @Override
          public AggregationTemporality aggregationTemporality() {
            return AggregationTemporality.CUMULATIVE;
          }
        };
    var registry = new OtlpMeterRegistry(config, Clock.SYSTEM);
    registry.counter("invoices.sent", "kind", "pdf").increment(4);
    Timer.builder("invoice.render")
        .serviceLevelObjectives(Duration.ofMillis(100))
        .register(registry)
        .record(Duration.ofMillis(50));
    registry.close();

    assertThat(value("__name__", "invoices_sent_total", "job", "billing", "kind", "pdf"))
        .isEqualTo(4.0);
    assertThat(
            value("__name__", "invoice_render_milliseconds_bucket", "job", "billing", "le", "100"))
        .isEqualTo(1.0);
  }
}

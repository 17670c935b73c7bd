package io.tocsin.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Where the parts report what they do, and where {@code /metrics} reads it. */
public final class Telemetry implements AutoCloseable {

  /** The media type of {@link #scrape}. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4),
    Duration.ofHours(24)
  };

  /** The defaults, of which one would be looked up for every meter at every scrape. */
  private static final PrometheusConfig CONFIG =
      new PrometheusConfig() {
        @Override
        public @Nullable String get(String key) {
          return null;
        }

        @Override
        public boolean descriptions() {
          return true;
        }
      };

  /** Names that Prometheus' own conventions speak against; the first we tell in seconds. */
  private static final Set<String> UNFIT = Set.of("process.cpu.time", "system.cpu.count");

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Telemetry() {
    registry = new PrometheusMeterRegistry(CONFIG);
    registry.config().meterFilter(MeterFilter.deny(id -> UNFIT.contains(id.getName())));
    collections.bindTo(registry);
    FunctionCounter.builder("process.cpu.seconds", PROCESS, Telemetry::processorSeconds)
        .description("User and system CPU time spent.")
        .register(registry);
    List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(part -> part.bindTo(registry));
  }

  private static double processorSeconds(OperatingSystemMXBean process) {
    return process.getProcessCpuTime() / 1e9;
  }

  /** For parts that bring meters of their own. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Adds one to a counter; label values in the meter's order. */
  public void count(Meter meter, String... labelValues) {
    add(meter, 1, labelValues);
  }

  /** Adds an amount, never negative, to a counter. */
  public void add(Meter meter, double amount, String... labelValues) {
    counter(meter, labelValues).accept(amount);
  }

  /** A counter looked up once, for where it is added to thousands of times a second. */
  public DoubleConsumer counter(Meter meter, String... labelValues) {
    expect(meter, Meter.Kind.COUNTER);
    return Counter.builder(meter.exported())
            .description(meter.description())
            .tags(tags(meter, labelValues))
            .register(registry)
        ::increment;
  }

  /** Records how long something took. */
  public void record(Meter meter, Duration took, String... labelValues) {
    expect(meter, Meter.Kind.TIMER);
    Timer.builder(meter.exported())
        .description(meter.description())
        .serviceLevelObjectives(BUCKETS)
        .tags(tags(meter, labelValues))
        .register(registry)
        .record(took);
  }

  /**
   * Shows a number that is read at each scrape: quickly, without blocking, NaN when there is none.
   * A second gauge of the same labels is ignored.
   */
  public void gauge(Meter meter, DoubleSupplier value, String... labelValues) {
    expect(meter, Meter.Kind.GAUGE);
    Gauge.builder(meter.exported(), value, DoubleSupplier::getAsDouble)
        .description(meter.description())
        .strongReference(true)
        .tags(tags(meter, labelValues))
        .register(registry);
  }

  /** Shows a bounded queue's depth and bound. */
  public void queue(String name, DoubleSupplier depth, int capacity) {
    gauge(Meter.QUEUE_DEPTH, depth, name);
    gauge(Meter.QUEUE_CAPACITY, () -> capacity, name);
  }

  private static void expect(Meter meter, Meter.Kind kind) {
    if (meter.kind() != kind) {
      throw new IllegalArgumentException(
          meter.exported() + " is a " + meter.kind() + ", not a " + kind);
    }
  }

  private static Tags tags(Meter meter, String... values) {
    if (values.length != meter.labels().size()) {
      throw new IllegalArgumentException(
          meter.exported() + " expects values for " + meter.labels() + ", found " + values.length);
    }
    var tags = new ArrayList<Tag>(values.length);
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(meter.labels().get(i), values[i]));
    }
    return Tags.of(tags);
  }

  /** A Vert.x that reports its event loops and servers here; each builder makes another one. */
  public VertxBuilder vertx(VertxOptions options) {
    var metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setLabels(Set.of(Label.LOCAL, Label.HTTP_ROUTE, Label.HTTP_METHOD, Label.HTTP_CODE))
            .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
            .addDisabledMetricsCategory(MetricsDomain.NAMED_POOLS)
            .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET);
    return Vertx.builder()
        .with(new VertxOptions(options).setMetricsOptions(metrics))
        .withMetrics(new MicrometerMetricsFactory(registry));
  }

  /** Everything, in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}

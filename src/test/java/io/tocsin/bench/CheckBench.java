package io.tocsin.bench;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.InMemoryCheckStateStore;
import io.tocsin.check.Outcome;
import io.tocsin.probe.Check;
import io.tocsin.probe.ProbeLimits;
import io.tocsin.probe.Probes;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Many HTTP checks at one-second intervals, a fresh connection each, with the target in this very
 * process. Prints, for each second, checks ended, how many failed, and the processor time of both
 * sides; and at the end how late they started. Arguments: checks, seconds (default 5000, 30).
 */
public final class CheckBench {

  /** What the quantiles of lateness rest on. */
  private static final Duration WINDOW = Duration.ofSeconds(20);

  private CheckBench() {}

  public static void main(String[] arguments) throws Exception {
    int checks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    Vertx target = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port =
        target
            .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
            .requestHandler(request -> request.response().end("{\"status\":\"ok\"}"))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    var ended = new LongAdder();
    var failed = new LongAdder();
    MeterRegistry meters = meters();
    var probes =
        new Probes(
            new Probes.Surroundings(
                vertx,
                new Nowhere(),
                observation -> {
                  ended.increment();
                  if (observation.result().outcome() != Outcome.SUCCESS) {
                    failed.increment();
                  }
                },
                new Forgets(),
                new InMemoryCheckStateStore(),
                meters,
                InstantSource.system(),
                System::nanoTime),
            ProbeLimits.DEFAULT);
    probes.start().await(10, TimeUnit.SECONDS);
    probes.replace(
        IntStream.range(0, checks).mapToObj(i -> check(i, port)).toList(), List.of(), List.of());
    run(seconds, ended, failed, meters);
    probes.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    target.close().await(10, TimeUnit.SECONDS);
  }

  private static Check check(int i, int port) {
    String yaml =
        "{name: check-%d, interval: 1s, timeout: 1s, http: {url: 'http://127.0.0.1:%d/', expect: {status: 200}}}"
            .formatted(i, port);
    return Check.read(Yaml.read(yaml, "bench", Secrets.none()), Optional.empty(), Optional.empty());
  }

  private static void run(int seconds, LongAdder ended, LongAdder failed, MeterRegistry meters)
      throws InterruptedException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int second = 1; second <= seconds; second++) {
      long cpu = system.getProcessCpuTime();
      ended.reset();
      TimeUnit.SECONDS.sleep(1);
      long count = Math.max(1, ended.sum());
      double micros = (system.getProcessCpuTime() - cpu) / 1000.0 / count;
      System.out.printf(
          "%3d s: %5d checks, %d failed so far, %.0f us of processor each%n",
          second, count, failed.sum(), micros);
    }
    HistogramSnapshot late = meters.get("tocsin.probe.lateness").timer().takeSnapshot();
    for (ValueAtPercentile value : late.percentileValues()) {
      System.out.printf(
          "late p%s: %.1f ms%n", value.percentile() * 100, value.value(TimeUnit.MILLISECONDS));
    }
    System.out.printf("late at most: %.1f ms%n", late.max(TimeUnit.MILLISECONDS));
    System.out.printf("skipped: %.0f%n", meters.get("tocsin.probe.skipped").counter().count());
  }

  /** Quantiles of the last seconds, so that the first ones, not compiled yet, do not count. */
  private static MeterRegistry meters() {
    var meters = new SimpleMeterRegistry();
    meters
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public DistributionStatisticConfig configure(
                  Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                    .percentiles(0.5, 0.99, 0.999)
                    .percentilePrecision(2)
                    .expiry(WINDOW)
                    .build()
                    .merge(config);
              }
            });
    return meters;
  }

  /** A journal that keeps nothing. */
  private static final class Nowhere implements Journal {
    @Override
    public CompletionStage<SeriesStore.AppendResult> accept(SampleBatch batch) {
      return CompletableFuture.completedStage(new SeriesStore.AppendResult(batch.size(), 0, 0));
    }

    @Override
    public void observe(SampleBatch batch) {}
  }

  /** A store that keeps nothing. */
  private static final class Forgets implements CheckResultStore {
    @Override
    public void append(List<CheckObservation> batch) {}

    @Override
    public List<CheckObservation> read(String check, Instant from, Instant to, int limit) {
      return List.of();
    }
  }
}

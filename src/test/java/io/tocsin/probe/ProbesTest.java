package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.InMemoryCheckResultStore;
import io.tocsin.check.InMemoryCheckStateStore;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import io.tocsin.label.Labels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore;
import io.tocsin.series.StaleMarker;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicInteger guardStatus = new AtomicInteger(200);
  private final BlockingQueue<CheckObservation> observations = new LinkedBlockingQueue<>();
  private final Written journal = new Written();
  private final InMemoryCheckResultStore results = new InMemoryCheckResultStore(1000);
  private final InMemoryCheckStateStore states = new InMemoryCheckStateStore();
  private final MetricMetadata metadata = new MetricMetadata();
  private Probes probes;
  private int port;

  /** Keeps what is observed. */
  private static final class Written implements Journal {
    private final BlockingQueue<SampleBatch> batches = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<SeriesStore.AppendResult> accept(SampleBatch batch) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public void observe(SampleBatch batch) {
      batches.add(batch);
    }

    /** The value of the next sample of a series. */
    double next(String metric) throws InterruptedException {
      while (true) {
        SampleBatch batch = batches.poll(10, TimeUnit.SECONDS);
        assertThat(batch).as("a sample of " + metric).isNotNull();
        for (int i = 0; i < batch.size(); i++) {
          if (batch.labels(i).metricName().equals(metric)) {
            return batch.value(i);
          }
        }
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    port =
        ProbeHarness.get(
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request -> {
                          switch (request.path()) {
                            case "/metrics" ->
                                request
                                    .response()
                                    .putHeader("Content-Type", "text/plain; version=0.0.4")
                                    .end("queue_depth{job=\"own\"} 7\n");
                            case "/guard" ->
                                request.response().setStatusCode(guardStatus.get()).end();
                            default -> request.response().setStatusCode(status.get()).end();
                          }
                        })
                    .listen(0, "127.0.0.1"))
            .actualPort();
    probes =
        new Probes(
            new Probes.Surroundings(
                vertx,
                journal,
                observations::add,
                results,
                states,
                metadata,
                new SimpleMeterRegistry(),
                InstantSource.system(),
                System::nanoTime),
            ProbeLimits.DEFAULT);
    ProbeHarness.get(probes.start());
  }

  @AfterEach
  void stop() throws Exception {
    probes.close();
    ProbeHarness.get(vertx.close());
  }

  private void watch(String yaml) {
    var root = Yaml.read(yaml.replace("PORT", String.valueOf(port)), "tocsin.yaml", Secrets.none());
    probes.replace(Check.readAll(root), ScrapeConfig.readAll(root), states.load());
  }

  private CheckObservation next(Predicate<CheckObservation> wanted) throws InterruptedException {
    while (true) {
      CheckObservation observation = observations.poll(10, TimeUnit.SECONDS);
      assertThat(observation).as("an observation").isNotNull();
      if (wanted.test(observation)) {
        return observation;
      }
    }
  }

  private static final String WEB =
      """
      checks:
        - name: web
          component: Web app
          interval: 250ms
          down_after: 2
          up_after: 2
          http: {url: "http://127.0.0.1:PORT/"}
      """;

  @Test
  void aTargetThatBreaksAndHealsIsSeenAndWrittenDown() throws Exception {
    watch(WEB);
    next(observation -> observation.after() == Verdict.UP);
    status.set(503);
    CheckObservation down = next(observation -> observation.after() == Verdict.DOWN);
    status.set(200);
    CheckObservation up = next(observation -> observation.after() == Verdict.UP);
    probes.close();

    assertThat(down.before()).isEqualTo(Verdict.UP);
    assertThat(down.result().statusCode()).hasValue(503);
    assertThat(down.result().cause()).contains(Cause.target("status 503, expected 2xx"));
    assertThat(up.before()).isEqualTo(Verdict.DOWN);
    assertThat(results.read("web", Instant.EPOCH, Instant.MAX, 1000)).contains(down, up);
    assertThat(states.load())
        .singleElement()
        .satisfies(state -> assertThat(state.settled()).contains(Verdict.UP));
    assertThat(probes.timings("web"))
        .hasValueSatisfying(timing -> assertThat(timing.p50()).isPositive());
  }

  @Test
  void eachResultBecomesSamples() throws Exception {
    watch(WEB);

    assertThat(journal.next("probe_success")).isEqualTo(1);
    assertThat(journal.next("probe_http_status_code")).isEqualTo(200);
    assertThat(journal.next("probe_duration_seconds")).isPositive();
    assertThat(journal.next("check_verdict")).isEqualTo(0);
    status.set(500);
    next(observation -> observation.after() == Verdict.DOWN);
    journal.batches.clear();
    assertThat(journal.next("check_verdict")).isEqualTo(2);
  }

  @Test
  void theGuardIsAskedBeforeACheckGoesDown() throws Exception {
    guardStatus.set(500);
    status.set(500);
    watch(
        """
        check_guard: gateway
        checks:
          - {name: gateway, interval: 1h, timeout: 5s, down_after: 1, http: {url: "http://127.0.0.1:PORT/guard"}}
          - {name: web, interval: 100ms, down_after: 1, http: {url: "http://127.0.0.1:PORT/"}}
        """);
    CheckObservation excused = next(observation -> observation.result().check().equals("web"));

    assertThat(excused.after()).isEqualTo(Verdict.UNKNOWN);
    assertThat(excused.result().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(excused.result().cause()).contains(Cause.network("guard gateway does not answer"));
    guardStatus.set(200);
    ProbeHarness.get(probes.runNow("gateway"));
    next(
        observation ->
            observation.after() == Verdict.DOWN && observation.result().check().equals("web"));
  }

  @Test
  void replacingTheChecksKeepsTheVerdictsOfThoseThatStay() throws Exception {
    status.set(500);
    watch(WEB);
    next(observation -> observation.after() == Verdict.DOWN);

    watch(WEB + "  - {name: other, tcp: {address: \"127.0.0.1:PORT\"}}\n");

    assertThat(probes.state("web").orElseThrow().verdict()).isEqualTo(Verdict.DOWN);
    assertThat(probes.states()).hasSize(2);
    watch("checks: []");
    assertThat(probes.states()).isEmpty();
  }

  @Test
  @Timeout(20)
  void scrapesATargetAndEndsItsSeriesWhenItLeaves() throws Exception {
    watch(
        """
        scrape_configs:
          - job_name: app
            scrape_interval: 100ms
            static_configs: [{targets: ["127.0.0.1:PORT"], labels: {env: test}}]
        """);
    SampleBatch scraped = journal.batches.poll(10, TimeUnit.SECONDS);

    assertThat(scraped).isNotNull();
    assertThat(scraped.labels(0).metricName()).isEqualTo("up");
    assertThat(scraped.labels(5))
        .isEqualTo(
            Labels.of(
                "__name__",
                "queue_depth",
                "env",
                "test",
                "exported_job",
                "own",
                "instance",
                "127.0.0.1:" + port,
                "job",
                "app"));
    assertThat(scraped.value(5)).isEqualTo(7);
    assertThat(journal.next("up")).isEqualTo(1);
    watch("checks: []");
    SampleBatch end = journal.batches.take();
    while (!StaleMarker.is(end.value(0))) {
      end = journal.batches.take();
    }
    var ended = new TreeSet<String>();
    for (int i = 0; i < end.size(); i++) {
      assertThat(StaleMarker.is(end.value(i))).isTrue();
      ended.add(end.labels(i).metricName());
    }
    assertThat(ended).contains("queue_depth", "up");
  }

  @Test
  void aTargetThatCannotBeScrapedIsNotUp() throws Exception {
    status.set(500);
    watch(
        """
        scrape_configs:
          - job_name: app
            scrape_interval: 100ms
            metrics_path: /nothing
            static_configs: [{targets: ["127.0.0.1:PORT"]}]
        """);
    assertThat(journal.next("up")).isZero();
    assertThat(List.copyOf(observations)).isEmpty();
  }

  @Test
  @Timeout(30)
  void targetsComeAndGoWithTheFileThatNamesThem(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("targets.json");
    Files.writeString(file, "[{\"targets\":[\"127.0.0.1:" + port + "\"]}]");
    watch(
        """
        scrape_configs:
          - job_name: app
            scrape_interval: 100ms
            file_sd_configs: [{files: ["%s"], refresh_interval: 200ms}]
            metric_relabel_configs:
              - {source_labels: [__name__], regex: queue_depth, target_label: seen, replacement: "yes"}
        """
            .formatted(file));
    assertThat(journal.next("up")).isEqualTo(1);
    assertThat(probes.scrapes())
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.target().labels().get("instance")).isEqualTo("127.0.0.1:" + port);
              assertThat(state.health()).isEqualTo(ScrapeState.Health.UP);
              assertThat(state.lastError()).isEmpty();
            });
    Files.writeString(file, "[]");
    SampleBatch end = journal.batches.take();
    while (!StaleMarker.is(end.value(0))) {
      end = journal.batches.take();
    }
    assertThat(end.labels(0).get("seen")).isEqualTo("yes");
    assertThat(probes.scrapes()).isEmpty();
  }

  @Test
  @Timeout(20)
  void aScrapeBeyondItsLimitIsDownWithTheReason() throws Exception {
    watch(
        """
        scrape_configs:
          - job_name: app
            scrape_interval: 100ms
            label_limit: 1
            static_configs: [{targets: ["127.0.0.1:PORT"]}]
        """);
    assertThat(journal.next("up")).isZero();
    ScrapeState state = probes.scrapes().getFirst();
    assertThat(state.health()).isEqualTo(ScrapeState.Health.DOWN);
    assertThat(state.lastError()).startsWith("label_limit: ").contains("expected at most 1");
  }

  @Test
  @Timeout(20)
  void tooManyTargetsFailThemAll() throws Exception {
    watch(
        """
        scrape_configs:
          - job_name: app
            scrape_interval: 100ms
            target_limit: 1
            static_configs: [{targets: ["127.0.0.1:PORT", "localhost:PORT"]}]
        """);
    assertThat(journal.next("up")).isZero();
    assertThat(journal.next("up")).isZero();
  }
}

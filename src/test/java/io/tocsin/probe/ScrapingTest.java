package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.check.InMemoryCheckResultStore;
import io.tocsin.check.InMemoryCheckStateStore;
import io.tocsin.label.Labels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Targets found over HTTP and what they expose, in each format. */
class ScrapingTest {

  private static final class Written implements Journal {
    private final BlockingQueue<SampleBatch> batches = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<AppendResult> accept(SampleBatch batch) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public void observe(SampleBatch batch) {
      batches.add(batch);
    }
  }

  private final ProbeHarness harness = new ProbeHarness();
  private final Written journal = new Written();
  private final MetricMetadata metadata = new MetricMetadata();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Probes probes;
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = harness.serve(this::answer);
    probes =
        new Probes(
            new Probes.Surroundings(
                harness.vertx,
                journal,
                observation -> {},
                new InMemoryCheckResultStore(10),
                new InMemoryCheckStateStore(),
                metadata,
                meters,
                InstantSource.system(),
                System::nanoTime),
            ProbeLimits.DEFAULT);
    ProbeHarness.get(probes.start());
  }

  @AfterEach
  void stop() throws Exception {
    probes.close();
    harness.close();
  }

  private void answer(HttpServerRequest request) {
    boolean known = "Token abc".equals(request.getHeader("Authorization"));
    switch (request.path()) {
      case "/targets" ->
          request
              .response()
              .end("[{\"targets\":[\"127.0.0.1:" + port + "\"],\"labels\":{\"a\":\"b\"}}]");
      case "/open" ->
          request
              .response()
              .setStatusCode(known ? 200 : 401)
              .putHeader("Content-Type", "application/openmetrics-text; version=1.0.0")
              .putHeader("Content-Encoding", "gzip")
              .end(gzip("# TYPE hits counter\n# HELP hits Hits.\nhits_total 7\n# EOF\n"));
      case "/health" ->
          request.response().setStatusCode(500).end("{\"database\":{\"healthy\":false}}");
      case "/slow" -> request.pause();
      case "/broken" -> text(request, "a 1\nb one\n");
      case "/two" -> text(request, "a 1\nb 2\n");
      case "/nameless" -> request.response().end("a 1\n");
      case "/page" -> request.response().putHeader("Content-Type", "text/html").end("a 1\n");
      case "/nothing" -> request.response().end();
      case "/names" -> text(request, "{\"a.b\"} 1\n");
      case "/proto" ->
          request
              .response()
              .putHeader("Content-Type", PrometheusProtobufWriter.CONTENT_TYPE)
              .end(proto(request.getHeader("Accept")));
      default -> request.response().setStatusCode(404).end();
    }
  }

  private static void text(HttpServerRequest request, String text) {
    request.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(text);
  }

  /** A native histogram and what was asked for, as the Java client exposes them. */
  private static Buffer proto(String accept) {
    var registry = new PrometheusRegistry();
    Histogram.builder().withoutExemplars().name("took").nativeOnly().register(registry).observe(2);
    Info.builder()
        .name("asked_info")
        .labelNames("accept")
        .register(registry)
        .setLabelValues(accept);
    var bytes = new ByteArrayOutputStream();
    try {
      new PrometheusProtobufWriter().write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static Buffer gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private SampleBatch scraped(String yaml) throws Exception {
    var root = Yaml.read(yaml.replace("PORT", String.valueOf(port)), "t.yaml", Secrets.none());
    probes.replace(List.of(), ScrapeConfig.readAll(root), List.of());
    while (true) {
      SampleBatch batch = journal.batches.poll(15, TimeUnit.SECONDS);
      assertThat(batch).as("%s", probes.scrapes()).isNotNull();
      // The very first scrape may meet a machine that is still warming up.
      if (batch.labels(0).metricName().equals("up") && batch.value(0) == 1) {
        return batch;
      }
    }
  }

  @Test
  @Timeout(30)
  void aTargetFoundOverHttpExposesOpenMetricsCompressedToWhoMayRead() throws Exception {
    SampleBatch batch =
        scraped(
            """
            scrape_configs:
              - job_name: app
                scrape_interval: 200ms
                metrics_path: /open
                authorization: {type: Token, credentials: abc}
                http_sd_configs: [{url: "http://127.0.0.1:PORT/targets", refresh_interval: 500ms}]
            """);
    assertThat(batch.labels(5))
        .isEqualTo(
            Labels.of(
                "__name__", "hits_total", "a", "b", "instance", "127.0.0.1:" + port, "job", "app"));
    assertThat(batch.value(5)).isEqualTo(7);
    assertThat(metadata.of("hits"))
        .containsExactly(new MetricMetadata.Entry("counter", "Hits.", ""));
    assertThat(probes.scrapes().getFirst().target().discovered().get("__meta_url"))
        .endsWith("/targets");
  }

  @Test
  @Timeout(30)
  void anUnhealthyDropwizardApplicationIsUpAndSaysWhatIsNot() throws Exception {
    SampleBatch batch =
        scraped(
            """
            scrape_configs:
              - job_name: app
                scrape_interval: 200ms
                metrics_path: /health
                format: dropwizard_health
                static_configs: [{targets: ["127.0.0.1:PORT"]}]
            """);
    assertThat(batch.labels(5).get("check")).isEqualTo("database");
    assertThat(batch.value(5)).isZero();
  }

  @Test
  @Timeout(30)
  void aTargetThatIsDownSaysWhy() throws Exception {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    String yaml =
        """
        scrape_configs:
          - {job_name: refused, scrape_interval: 300ms, static_configs: [{targets: ["127.0.0.1:CLOSED"]}]}
          - {job_name: slow, scrape_interval: 300ms, scrape_timeout: 200ms, metrics_path: /slow, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: broken, scrape_interval: 300ms, metrics_path: /broken, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: large, scrape_interval: 300ms, metrics_path: /two, sample_limit: 1, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: gone, scrape_interval: 300ms, metrics_path: /nowhere, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: nameless, scrape_interval: 300ms, metrics_path: /nameless, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: page, scrape_interval: 300ms, metrics_path: /page, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: names, scrape_interval: 300ms, metrics_path: /names, metric_name_validation_scheme: legacy, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
          - {job_name: unknown, scrape_interval: 300ms, static_configs: [{targets: ["nobody.invalid:80"]}]}
        """
            .replace("CLOSED", String.valueOf(closed))
            .replace("PORT", String.valueOf(port));
    probes.replace(
        List.of(), ScrapeConfig.readAll(Yaml.read(yaml, "t.yaml", Secrets.none())), List.of());
    while (probes.scrapes().stream().anyMatch(state -> !settled(state))) {
      assertThat(journal.batches.poll(15, TimeUnit.SECONDS)).isNotNull();
    }
    Map<String, String> errors =
        probes.scrapes().stream()
            .collect(
                Collectors.toMap(state -> state.target().config().job(), ScrapeState::lastError));
    assertThat(errors.get("refused")).contains("connection refused");
    assertThat(errors.get("slow")).contains("200 ms").contains("waiting for the answer");
    assertThat(errors.get("broken")).contains("line 2");
    assertThat(errors.get("large")).isEqualTo("sample_limit: 2 found, expected at most 1");
    assertThat(errors.get("gone")).isEqualTo("status 404, expected 200");
    assertThat(errors.get("nameless"))
        .startsWith("non-compliant scrape target sending blank Content-Type");
    assertThat(errors.get("page")).startsWith("received unsupported Content-Type \"text/html\"");
    assertThat(errors.get("names"))
        .isEqualTo(
            "invalid metric name or label names: a.b{instance=\"127.0.0.1:"
                + port
                + "\", job=\"names\"}");
    assertThat(errors.get("unknown")).isNotBlank();
  }

  /** A name may fail for want of a resolver, and anything be late while the machine warms up. */
  private static boolean settled(ScrapeState state) {
    return switch (state.target().config().job()) {
      case "unknown" -> !state.lastError().isEmpty();
      case "slow" -> state.health() == ScrapeState.Health.DOWN;
      default ->
          state.health() == ScrapeState.Health.DOWN && !state.lastError().startsWith("no answer");
    };
  }

  @Test
  @Timeout(30)
  void anAnswerOfNoKnownTypeIsReadAsTheFallbackSaysAndAnEmptyOneIsFine() throws Exception {
    for (String path : List.of("/nameless", "/page")) {
      SampleBatch batch =
          scraped(
              """
              scrape_configs:
                - job_name: app
                  scrape_interval: 200ms
                  metrics_path: PATH
                  fallback_scrape_protocol: PrometheusText0.0.4
                  static_configs: [{targets: ["127.0.0.1:PORT"]}]
              """
                  .replace("PATH", path));
      assertThat(batch.labels(5).metricName()).as(path).isEqualTo("a");
    }
    probes.replace(
        List.of(),
        ScrapeConfig.readAll(
            Yaml.read(
                """
                scrape_configs:
                  - {job_name: none, scrape_interval: 200ms, metrics_path: /nothing, static_configs: [{targets: ["127.0.0.1:PORT"]}]}
                """
                    .replace("PORT", String.valueOf(port)),
                "t.yaml",
                Secrets.none())),
        List.of());
    while (probes.scrapes().stream().noneMatch(state -> state.health() == ScrapeState.Health.UP)) {
      assertThat(journal.batches.poll(15, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  @Timeout(30)
  void aTargetAskedForProtobufIsReadSoAndNativeBucketsAreCountedAsRefused() throws Exception {
    SampleBatch batch =
        scraped(
            """
            scrape_configs:
              - job_name: app
                scrape_interval: 200ms
                metrics_path: /proto
                scrape_protocols: [PrometheusProto, OpenMetricsText1.0.0]
                static_configs: [{targets: ["127.0.0.1:PORT"]}]
            """);
    assertThat(IntStream.range(0, batch.size()).mapToObj(batch::labels).map(Labels::metricName))
        .contains("took_count", "took_sum", "took_bucket", "asked_info", "up");
    assertThat(
            IntStream.range(0, batch.size())
                .mapToObj(batch::labels)
                .filter(labels -> labels.metricName().equals("asked_info"))
                .map(labels -> labels.get("accept")))
        .containsExactly(
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.6,"
                + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.4");
    assertThat(
            meters
                .get("tocsin_samples_rejected_total")
                .tag("reason", "native_histogram")
                .counter()
                .count())
        .isPositive();
  }

  @Test
  @Timeout(60)
  void aTargetThatAsksForACertificateIsShownOurs(@TempDir Path folder) throws Exception {
    var certificates = new TestCertificates(folder);
    certificates.make("server", 10, "-1d");
    certificates.make("me", 10, "-1d");
    int secure =
        harness.serve(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(certificates.keys("server"))
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                    new PemTrustOptions().addCertPath(certificates.pem("me").toString())),
            this::answer);
    String target =
        """
          - job_name: JOB
            scrape_interval: 500ms
            metrics_path: /two
            scheme: https
            static_configs: [{targets: ["localhost:SECURE"]}]
            tls_config: {ca_file: "SERVER"KEYS}
        """
            .replace("SECURE", String.valueOf(secure))
            .replace("SERVER", certificates.pem("server").toString());
    for (Path key : List.of(certificates.key("me"), certificates.oldKey("me"))) {
      String own = ", cert_file: '%s', key_file: '%s'".formatted(certificates.pem("me"), key);
      SampleBatch batch =
          scraped("scrape_configs:\n" + target.replace("JOB", "app").replace("KEYS", own));
      assertThat(batch.labels(5).metricName()).isEqualTo("a");
    }
    probes.replace(
        List.of(),
        ScrapeConfig.readAll(
            Yaml.read(
                "scrape_configs:\n" + target.replace("JOB", "bare").replace("KEYS", ""),
                "t.yaml",
                Secrets.none())),
        List.of());
    while (probes.scrapes().stream()
        .noneMatch(state -> state.health() == ScrapeState.Health.DOWN)) {
      assertThat(journal.batches.poll(15, TimeUnit.SECONDS)).isNotNull();
    }
  }
}

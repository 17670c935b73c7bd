package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.series.Cardinality;
import io.tocsin.series.Cardinality.Count;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What Prometheus tells of itself, told of us.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#status">Status</a>
 */
public final class PrometheusStatusRoutes implements Routes {

  /** The release whose query API this is; clients choose features by it. */
  private static final String COMPATIBLE = "3.5.0";

  private static final int TOP = 10;
  private static final int MOST_TOP = 10_000;

  /**
   * What the routes cannot see for themselves.
   *
   * @param version of this service
   * @param started when it started
   * @param reloaded when its configuration was read last, and whether that went well
   * @param yaml the configuration as Prometheus would have it, without secrets
   * @param flags settings under the names of Prometheus' flags
   * @param retention how long samples are kept, as a duration
   */
  public record About(
      String version,
      Instant started,
      Supplier<Reloaded> reloaded,
      Supplier<String> yaml,
      Map<String, String> flags,
      String retention) {}

  /** How the last reading of the configuration went. */
  public record Reloaded(Instant at, boolean well) {}

  /** How much memory holds now. */
  public record Held(long series, long chunks) {}

  private final About about;
  private final SeriesReader recent;
  private final Supplier<Held> held;
  private final QueryPool pool;
  private final InstantSource clock;

  /**
   * @param recent the series in memory
   */
  public PrometheusStatusRoutes(
      About about, SeriesReader recent, Supplier<Held> held, QueryPool pool, InstantSource clock) {
    this.about = about;
    this.recent = recent;
    this.held = held;
    this.pool = pool;
    this.clock = clock;
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record RuntimeJson(
      Instant startTime,
      @JsonProperty("CWD") String folder,
      String hostname,
      Instant serverTime,
      boolean reloadConfigSuccess,
      Instant lastConfigTime,
      long timeSeriesCount,
      int corruptionCount,
      int goroutineCount,
      @JsonProperty("GOMAXPROCS") int processors,
      @JsonProperty("GOMEMLIMIT") long memoryLimit,
      @JsonProperty("GOGC") String collector,
      @JsonProperty("GODEBUG") String debug,
      String storageRetention) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record HeadJson(
      long numSeries, long numLabelPairs, long chunkCount, long minTime, long maxTime) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record TsdbJson(
      HeadJson headStats,
      List<Count> seriesCountByMetricName,
      List<Count> labelValueCountByLabelName,
      List<Count> memoryInBytesByLabelName,
      List<Count> seriesCountByLabelValuePair) {}

  @Override
  public void mount(Router router) {
    String base = PrometheusQueryRoutes.BASE + "status/";
    Operation.get(router, base + "buildinfo")
        .needs(Scope.READ)
        .answersAtOnce(request -> PrometheusJson.success(buildInfo()));
    Operation.get(router, base + "config")
        .needs(Scope.READ)
        .answersAtOnce(request -> PrometheusJson.success(Map.of("yaml", about.yaml.get())));
    Operation.get(router, base + "flags")
        .needs(Scope.READ)
        .answersAtOnce(request -> PrometheusJson.success(about.flags));
    Operation.get(router, base + "runtimeinfo").needs(Scope.READ).answers(this::runtime);
    Operation.get(router, base + "tsdb").needs(Scope.READ).answers(this::tsdb);
  }

  private Map<String, String> buildInfo() {
    return Map.of(
        "version", COMPATIBLE,
        "revision", "tocsin-" + about.version,
        "branch", "tocsin",
        "buildUser", "",
        "buildDate", "",
        "goVersion", "");
  }

  private Future<Reply> runtime(Request request) {
    Reloaded reloaded = about.reloaded.get();
    return pool.answer(
        request,
        PrometheusParameters.timeout(request),
        stop ->
            PrometheusJson.success(
                new RuntimeJson(
                    about.started,
                    "",
                    "",
                    clock.instant(),
                    reloaded.well,
                    reloaded.at,
                    held.get().series,
                    0,
                    Thread.activeCount(),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory(),
                    "",
                    "",
                    about.retention)));
  }

  private Future<Reply> tsdb(Request request) {
    int top = request.integer("limit", TOP, 1, MOST_TOP);
    return pool.answer(
        request, PrometheusParameters.timeout(request), stop -> PrometheusJson.success(tsdb(top)));
  }

  private TsdbJson tsdb(int top) {
    Held now = held.get();
    List<Labels> series = recent.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    Cardinality cardinality = Cardinality.of(series, top);
    long end = clock.millis();
    return new TsdbJson(
        new HeadJson(
            now.series, cardinality.pairCount(), now.chunks, about.started.toEpochMilli(), end),
        cardinality.metrics(),
        cardinality.labels(),
        cardinality.bytes(),
        cardinality.pairs());
  }
}

package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.QueryProblem;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Which series, labels and metrics there are, as Prometheus tells it.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metadata">Querying
 *     metadata</a>
 */
public final class PrometheusSeriesRoutes implements Routes {

  /** Clocks ahead of ours may have sent samples for so long from now. */
  private static final long AHEAD_MILLIS = 3_600_000;

  private final SeriesReader reader;
  private final MetricMetadata metadata;
  private final QueryPool pool;
  private final InstantSource clock;

  public PrometheusSeriesRoutes(
      SeriesReader reader, MetricMetadata metadata, QueryPool pool, InstantSource clock) {
    this.reader = reader;
    this.metadata = metadata;
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    PrometheusQueryRoutes.both(router, "series", this::series);
    PrometheusQueryRoutes.both(router, "labels", this::labels);
    Operation.get(router, PrometheusQueryRoutes.BASE + "label/:name/values")
        .needs(Scope.READ)
        .answers(this::labelValues);
    Operation.get(router, PrometheusQueryRoutes.BASE + "metadata")
        .needs(Scope.READ)
        .answersAtOnce(this::metadata);
  }

  private Future<Reply> series(Request request) {
    if (request.queries("match[]").isEmpty()) {
      throw ProblemException.badRequest("no match[] parameter provided");
    }
    Look look = look(request);
    return found(request, look, series -> series.stream().map(Labels::toMap).toList());
  }

  private Future<Reply> labels(Request request) {
    Look look = look(request);
    return found(request, look, SeriesReader::names);
  }

  private Future<Reply> labelValues(Request request) {
    String name = EscapedName.read(request.path("name"));
    if (name.isEmpty()) {
      throw ProblemException.badRequest("invalid label name: \"" + name + "\"");
    }
    Look look = look(request);
    return found(request, look, series -> SeriesReader.values(name, series));
  }

  /** Which series, alive when (milliseconds). The selectors are read where it may take a while. */
  private record Look(List<String> selectors, long from, long to) {
    List<List<Matcher>> sets() {
      return PrometheusParameters.matchers(selectors);
    }
  }

  /** Without times: all there ever was, and what clocks ahead of ours have sent. */
  private Look look(Request request) {
    long from = PrometheusTime.instant(request, "start").orElse(0L);
    long to = PrometheusTime.instant(request, "end").orElseGet(() -> clock.millis() + AHEAD_MILLIS);
    return new Look(request.queries("match[]"), from, to);
  }

  private Future<Reply> found(
      Request request, Look look, Function<List<Labels>, Collection<?>> told) {
    int most = PrometheusParameters.limit(request);
    return pool.answer(
        request,
        PrometheusParameters.timeout(request),
        stop -> {
          Runnable patience = () -> goOnUnless(stop);
          List<Labels> series = reader.series(look.sets(), look.from, look.to, patience);
          return PrometheusJson.success(told.apply(series), most);
        });
  }

  private static void goOnUnless(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new QueryProblem(QueryProblem.Kind.CANCELLED, "query timed out in series search");
    }
  }

  private Reply metadata(Request request) {
    int metrics = PrometheusParameters.limit(request);
    int perMetric = PrometheusParameters.limit(request, "limit_per_metric");
    Optional<String> only = request.query("metric");
    Map<String, List<MetricMetadata.Entry>> known =
        only.<Map<String, List<MetricMetadata.Entry>>>map(
                name -> metadata.of(name).isEmpty() ? Map.of() : Map.of(name, metadata.of(name)))
            .orElseGet(metadata::all);
    var told = new LinkedHashMap<String, List<MetricMetadata.Entry>>();
    for (var entry : known.entrySet()) {
      if (told.size() == metrics) {
        break;
      }
      told.put(entry.getKey(), entry.getValue().stream().limit(perMetric).toList());
    }
    return PrometheusJson.success(told);
  }
}

package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Value;
import io.tocsin.promql.ValueType;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Prometheus' query API, so that Grafana and promtool take us for one.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
public final class PrometheusQueryRoutes implements Routes {

  /** The release whose query API this is; clients choose features by it. */
  private static final String COMPATIBLE = "2.55.0";

  private static final String BASE = "/prometheus/api/v1/";
  private static final long MAX_BODY = 1024 * 1024;
  private static final long MAX_POINTS = 11_000;
  private static final long AHEAD_MILLIS = 3_600_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final QueryPool pool;
  private final InstantSource clock;
  private final String version;

  /**
   * @param limits how far one query may go; its {@code stop} is replaced for each
   * @param version of this service
   */
  public PrometheusQueryRoutes(
      SeriesReader reader,
      QueryLimits limits,
      QueryPool pool,
      InstantSource clock,
      String version) {
    this.reader = reader;
    this.limits = limits;
    this.pool = pool;
    this.clock = clock;
    this.version = version;
  }

  @Override
  public void mount(Router router) {
    both(router, "query", this::instant);
    both(router, "query_range", this::range);
    both(router, "series", this::series);
    both(router, "labels", this::labels);
    Operation.get(router, BASE + "label/:name/values").needs(Scope.READ).answers(this::labelValues);
    Operation.get(router, BASE + "status/buildinfo")
        .needs(Scope.READ)
        .answersAtOnce(request -> buildInfo());
    // Asked for by Grafana; there are no exemplars and no metadata here, which it takes well.
    both(router, "query_exemplars", request -> nothing(List.of()));
    Operation.get(router, BASE + "metadata")
        .needs(Scope.READ)
        .answers(request -> nothing(Map.of()));
  }

  private static void both(Router router, String name, Function<Request, Future<Reply>> answer) {
    Operation.get(router, BASE + name).needs(Scope.READ).answers(answer);
    Operation.on(router, HttpMethod.POST, BASE + name)
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/x-www-form-urlencoded")
        .answers(answer);
  }

  private static Future<Reply> nothing(Object empty) {
    return Future.succeededFuture(PrometheusJson.success(empty));
  }

  private Future<Reply> instant(Request request) {
    Expr expr = expression(request);
    long time = PrometheusTime.instant(request, "time").orElseGet(clock::millis);
    return evaluate(request, evaluator -> evaluator.instant(expr, time));
  }

  private Future<Reply> range(Request request) {
    Expr expr = expression(request);
    long start = required(request, "start");
    long end = required(request, "end");
    long step =
        PrometheusTime.duration(request, "step")
            .orElseThrow(() -> ProblemException.badRequest("parameter step is missing"));
    if (expr.type() == ValueType.RANGE_VECTOR || expr.type() == ValueType.STRING) {
      throw ProblemException.badRequest(
          "invalid parameter \"query\": invalid expression type \""
              + expr.type()
              + "\" for range query, must be Scalar or instant Vector");
    }
    if (end < start) {
      throw ProblemException.badRequest(
          "invalid parameter \"end\": end timestamp must not be before start time");
    }
    if (step <= 0) {
      throw ProblemException.badRequest(
          "invalid parameter \"step\": zero or negative query resolution step widths are not"
              + " accepted. Try a positive integer");
    }
    if ((end - start) / step > MAX_POINTS) {
      throw ProblemException.badRequest(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    return evaluate(request, evaluator -> evaluator.range(expr, start, end, step));
  }

  private static Expr expression(Request request) {
    return Parser.parse(request.required("query"));
  }

  private static long required(Request request, String name) {
    return PrometheusTime.instant(request, name)
        .orElseThrow(() -> ProblemException.badRequest("parameter " + name + " is missing"));
  }

  private Future<Reply> evaluate(Request request, Function<Evaluator, Value> query) {
    int most = limit(request);
    QueryLimits own =
        PrometheusTime.duration(request, "lookback_delta").map(limits::withLookback).orElse(limits);
    return pool.call(
        request,
        timeout(request),
        stop -> PrometheusJson.of(query.apply(new Evaluator(reader, own.withStop(stop))), most));
  }

  private static Duration timeout(Request request) {
    Duration wanted =
        PrometheusTime.duration(request, "timeout").map(Duration::ofMillis).orElse(TIMEOUT);
    return wanted.compareTo(TIMEOUT) < 0 ? wanted : TIMEOUT;
  }

  /** The most results wanted; 0 and none mean all, as in Prometheus. */
  private static int limit(Request request) {
    int limit = request.integer("limit", 0, 0, Integer.MAX_VALUE);
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  private Future<Reply> series(Request request) {
    if (request.queries("match[]").isEmpty()) {
      throw ProblemException.badRequest("no match[] parameter provided");
    }
    Look look = look(request);
    return found(
        request,
        () -> reader.series(look.sets, look.from, look.to).stream().map(Labels::toMap).toList());
  }

  private Future<Reply> labels(Request request) {
    Look look = look(request);
    return found(request, () -> reader.labelNames(look.sets, look.from, look.to));
  }

  private Future<Reply> labelValues(Request request) {
    String name = request.path("name");
    Look look = look(request);
    return found(request, () -> reader.labelValues(name, look.sets, look.from, look.to));
  }

  /** Which series, alive when (milliseconds). */
  private record Look(List<List<Matcher>> sets, long from, long to) {}

  /** Without times: all there ever was, and what clocks ahead of ours have sent. */
  private Look look(Request request) {
    return new Look(
        request.queries("match[]").stream().map(Parser::parseSelector).toList(),
        PrometheusTime.instant(request, "start").orElse(0L),
        PrometheusTime.instant(request, "end").orElseGet(() -> clock.millis() + AHEAD_MILLIS));
  }

  private Future<Reply> found(Request request, Supplier<Collection<?>> search) {
    int most = limit(request);
    return pool.call(
        request,
        timeout(request),
        stop -> PrometheusJson.success(search.get().stream().limit(most).toList()));
  }

  private Reply buildInfo() {
    return PrometheusJson.success(
        Map.of(
            "version", COMPATIBLE,
            "revision", "tocsin-" + version,
            "branch", "tocsin",
            "buildUser", "",
            "buildDate", "",
            "goVersion", ""));
  }
}

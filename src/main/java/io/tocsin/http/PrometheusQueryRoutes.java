package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Formatter;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryStats;
import io.tocsin.promql.SampleRoom;
import io.tocsin.promql.Value;
import io.tocsin.promql.ValueType;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Prometheus' query API, so that Grafana and promtool take us for one.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
public final class PrometheusQueryRoutes implements Routes {

  static final String BASE = "/prometheus/api/v1/";
  private static final long MAX_BODY = 1024 * 1024;
  private static final long MAX_POINTS = 11_000;

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final SampleRoom room;
  private final QueryPool pool;
  private final InstantSource clock;

  /**
   * @param limits how far one query may go; its {@code stop} is replaced for each
   * @param room what all queries under way may hold together
   */
  public PrometheusQueryRoutes(
      SeriesReader reader,
      QueryLimits limits,
      SampleRoom room,
      QueryPool pool,
      InstantSource clock) {
    this.reader = reader;
    this.limits = limits;
    this.room = room;
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    both(router, "query", this::instant);
    both(router, "query_range", this::range);
    both(router, "format_query", request -> parsed(request, Formatter::format));
    both(router, "parse_query", request -> parsed(request, ParsedQuery::of));
    both(router, "query_exemplars", this::exemplars);
  }

  /** An operation by GET and by a form, as Prometheus offers most. */
  static void both(Router router, String name, Function<Request, Future<Reply>> answer) {
    Operation.get(router, BASE + name).needs(Scope.READ).answers(answer);
    Operation.on(router, HttpMethod.POST, BASE + name)
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/x-www-form-urlencoded")
        .answers(answer);
  }

  /** What can be said of an expression alone. */
  private Future<Reply> parsed(Request request, Function<Expr, Object> answer) {
    String query = PrometheusParameters.query(request);
    return pool.answer(
        request,
        PrometheusParameters.timeout(request),
        stop -> PrometheusJson.success(answer.apply(PrometheusParameters.expression(query))));
  }

  /** None are kept; a question that makes no sense is refused all the same. */
  private Future<Reply> exemplars(Request request) {
    PrometheusTime.instant(request, "start");
    PrometheusTime.instant(request, "end");
    return parsed(request, expr -> List.of());
  }

  private Future<Reply> instant(Request request) {
    long time = PrometheusTime.instant(request, "time").orElseGet(clock::millis);
    return evaluate(request, new Grid(time, 0), (evaluator, expr) -> evaluator.instant(expr, time));
  }

  private Future<Reply> range(Request request) {
    long start = PrometheusParameters.time(request, "start");
    long end = PrometheusParameters.time(request, "end");
    if (end < start) {
      throw PrometheusParameters.invalid("end", "end timestamp must not be before start time");
    }
    long step =
        PrometheusTime.duration(request, "step")
            .orElseThrow(
                () ->
                    PrometheusParameters.invalid("step", "cannot parse \"\" to a valid duration"));
    if (step <= 0) {
      throw PrometheusParameters.invalid(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if ((end - start) / step > MAX_POINTS) {
      throw ProblemException.badRequest(
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)");
    }
    return evaluate(
        request,
        new Grid(start, step),
        (evaluator, expr) -> {
          checkRanged(expr);
          return evaluator.range(expr, start, end, step);
        });
  }

  private static void checkRanged(Expr expr) {
    if (expr.type() == ValueType.RANGE_VECTOR || expr.type() == ValueType.STRING) {
      throw PrometheusParameters.invalid(
          "query",
          "invalid expression type \""
              + expr.type()
              + "\" for range query, must be Scalar or instant Vector");
    }
  }

  /** The times a query is evaluated at. */
  record Grid(long start, long step) {}

  private Future<Reply> evaluate(
      Request request, Grid grid, BiFunction<Evaluator, Expr, Value> query) {
    String text = PrometheusParameters.query(request);
    int most = PrometheusParameters.limit(request);
    QueryLimits own =
        PrometheusTime.duration(request, "lookback_delta").map(limits::withLookback).orElse(limits);
    Optional<String> wanted = request.query("stats");
    var stats = new QueryStats(wanted.filter("all"::equals).isPresent());
    long asked = System.nanoTime();
    return pool.answer(
        request,
        PrometheusParameters.timeout(request),
        stop -> {
          long began = System.nanoTime();
          var evaluator = new Evaluator(reader, own.withStop(stop), room).observedBy(stats);
          Value value = query.apply(evaluator, PrometheusParameters.expression(text));
          var timings = new QueryTimings(asked, began, System.nanoTime());
          return wanted.isEmpty()
              ? PrometheusJson.of(value, most)
              : PrometheusJson.of(value, most, out -> timings.write(out, stats, grid));
        });
  }
}

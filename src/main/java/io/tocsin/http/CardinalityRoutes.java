package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.series.Cardinality;
import io.tocsin.series.SeriesCensus;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.IntFunction;

/** What makes up the series in memory, and how near the limits it comes. */
public final class CardinalityRoutes implements Routes {

  private static final int TOP = 10;
  private static final int MOST_TOP = 1_000;

  private final SeriesReader recent;
  private final IntFunction<SeriesCensus> census;
  private final QueryPool pool;

  /**
   * @param recent the series in memory
   * @param census how many there are, with so many jobs
   */
  public CardinalityRoutes(SeriesReader recent, IntFunction<SeriesCensus> census, QueryPool pool) {
    this.recent = recent;
    this.census = census;
    this.pool = pool;
  }

  private record LimitsJson(
      int series, int seriesPerJob, int newSeriesPerSecond, int newSeriesBurst) {}

  private record CreatedJson(long total, long lastMinute) {}

  private record MetricJson(String name, long series) {}

  private record LabelJson(String name, long values) {}

  private record SizeJson(String name, long characters) {}

  private record PairJson(String pair, long series) {}

  private record JobJson(String job, long series, long refusedSamples) {}

  private record CardinalityJson(
      int series,
      LimitsJson limits,
      CreatedJson created,
      List<MetricJson> metrics,
      List<LabelJson> labels,
      List<SizeJson> labelSizes,
      List<PairJson> pairs,
      List<JobJson> jobs) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/cardinality").needs(Scope.READ).answers(this::report);
  }

  private Future<Reply> report(Request request) {
    int top = request.integer("limit", TOP, 1, MOST_TOP);
    return pool.answer(
        request, PrometheusParameters.timeout(request), stop -> Reply.json(report(top)));
  }

  private CardinalityJson report(int top) {
    SeriesCensus now = census.apply(top);
    List<Labels> series = recent.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    Cardinality found = Cardinality.of(series, top);
    return new CardinalityJson(
        now.series(),
        new LimitsJson(
            now.limits().total(),
            now.limits().perJob(),
            now.limits().newPerSecond(),
            now.limits().burst()),
        new CreatedJson(now.created(), now.createdLastMinute()),
        found.metrics().stream().map(one -> new MetricJson(one.name(), one.value())).toList(),
        found.labels().stream().map(one -> new LabelJson(one.name(), one.value())).toList(),
        found.bytes().stream().map(one -> new SizeJson(one.name(), one.value())).toList(),
        found.pairs().stream().map(one -> new PairJson(one.name(), one.value())).toList(),
        now.jobs().stream()
            .map(job -> new JobJson(job.name(), job.series(), job.refused()))
            .toList());
  }
}

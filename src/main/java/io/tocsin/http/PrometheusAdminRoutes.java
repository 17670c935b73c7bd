package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.label.Matcher;
import io.tocsin.series.SampleDeletion;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * What administrators of a Prometheus may do to its samples.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-admin-apis">TSDB
 *     Admin APIs</a>
 */
public final class PrometheusAdminRoutes implements Routes {
  private static final long MAX_BODY = 1024 * 1024;

  private final SampleDeletion deletion;
  private final Blocking blocking;

  public PrometheusAdminRoutes(SampleDeletion deletion, Blocking blocking) {
    this.deletion = deletion;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    String base = PrometheusQueryRoutes.BASE + "admin/tsdb/";
    for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PUT)) {
      Operation.on(router, method, base + "delete_series")
          .needs(Scope.ADMIN)
          .reads(MAX_BODY)
          .answersOn(blocking, this::delete);
      // Nothing is left to clean: what is deleted is gone at once.
      Operation.on(router, method, base + "clean_tombstones")
          .needs(Scope.ADMIN)
          .reads(MAX_BODY)
          .answersAtOnce(request -> Reply.empty(204));
    }
  }

  private Reply delete(Request request) {
    List<List<Matcher>> sets = PrometheusParameters.matchers(request);
    if (sets.isEmpty()) {
      throw ProblemException.badRequest("no match[] parameter provided");
    }
    long from = PrometheusTime.instant(request, "start").orElse(Long.MIN_VALUE);
    long to = PrometheusTime.instant(request, "end").orElse(Long.MAX_VALUE);
    if (to < from) {
      throw PrometheusParameters.invalid("end", "end timestamp must not be before start time");
    }
    deletion.delete(sets, from, to);
    return Reply.empty(204);
  }
}

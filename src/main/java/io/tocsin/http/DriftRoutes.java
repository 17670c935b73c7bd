package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.drift.adhoc.Catalogue;
import io.tocsin.drift.adhoc.Requests;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.function.Function;

/**
 * Drift asked by hand: two samples compared, a stream searched for changes, a model's answers
 * judged. Nothing is kept. Read and computed on a small pool of its own.
 */
public final class DriftRoutes implements Routes {

  private static final String PATH = "/api/v1/drift/";
  private static final long MAX_BODY = 32L * 1024 * 1024;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final QueryPool pool;

  /**
   * @param pool where numbers are crunched; its queue bounds the bodies held in memory
   */
  public DriftRoutes(QueryPool pool) {
    this.pool = pool;
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH + "methods")
        .needs(Scope.READ)
        .answersAtOnce(request -> Reply.json(Catalogue.all()));
    question(router, "compare", body -> Requests.compare(body).run());
    question(router, "detect", body -> Requests.detect(body).run());
    question(router, "performance", body -> Requests.perform(body).run());
  }

  private void question(Router router, String name, Function<byte[], Object> answer) {
    Operation.post(router, PATH + name)
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/json")
        .answers(request -> compute(request, answer));
  }

  private Future<Reply> compute(Request request, Function<byte[], Object> answer) {
    byte[] body = request.body().getBytes();
    return pool.answer(
        request,
        TIMEOUT,
        stop -> {
          if (stop.getAsBoolean()) {
            throw ProblemException.unavailable(
                "waited too long for its turn", Duration.ofSeconds(5));
          }
          try {
            return Reply.json(answer.apply(body));
          } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
          }
        });
  }
}

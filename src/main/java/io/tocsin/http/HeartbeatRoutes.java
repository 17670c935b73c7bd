package io.tocsin.http;

import io.vertx.ext.web.Router;

/**
 * Pings of cron jobs and dead-man's switches; the token in the path is the credential. HEAD counts
 * too, for the one-liners people already have.
 */
public final class HeartbeatRoutes implements Routes {

  private static final long MAX_BODY = 64 * 1024;

  private final HeartbeatSink sink;

  public HeartbeatRoutes(HeartbeatSink sink) {
    this.sink = sink;
  }

  @Override
  public void mount(Router router) {
    String path = "/heartbeat/:token";
    Operation.get(router, path).answersAtOnce(this::ping);
    Operation.post(router, path).reads(MAX_BODY).answersAtOnce(this::ping);
  }

  private Reply ping(Request request) {
    if (!sink.ping(request.path("token"))) {
      throw ProblemException.notFound("no heartbeat check has this token");
    }
    return Reply.text(200, "ok\n");
  }
}

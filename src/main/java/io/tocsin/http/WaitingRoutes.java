package io.tocsin.http;

import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;

/**
 * A node that another goes before: alive, so that nobody restarts it, and not ready, so that nobody
 * sends it traffic. Whatever else is asked of it is to be asked again in a moment.
 */
public final class WaitingRoutes implements Routes {

  private static final Map<String, String> WAITS =
      Map.of("state", "waiting", "detail", "another node leads; this one takes over when it goes");

  @Override
  public void mount(Router router) {
    router.get("/-/healthy").handler(context -> Reply.json(200, WAITS).send(context));
    router.get("/-/ready").handler(context -> Reply.json(503, WAITS).send(context));
    new LeaderOnly(List.of("/*")).mount(router);
  }
}

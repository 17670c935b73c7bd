package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;

/** Our own telemetry, for whoever watches the watcher. */
public final class MetricsRoutes implements Routes {

  private final Telemetry telemetry;
  private final Blocking blocking;

  public MetricsRoutes(Telemetry telemetry, Blocking blocking) {
    this.telemetry = telemetry;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    // Below /prometheus as well, where promtool's debug metrics looks for them.
    for (String path : new String[] {"/metrics", "/prometheus/metrics"}) {
      Operation.get(router, path)
          .needs(Scope.READ)
          .answersOn(
              blocking,
              request -> Reply.of(200, Telemetry.MEDIA_TYPE, Buffer.buffer(telemetry.scrape())));
    }
  }
}

package io.tocsin.http;

import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.telemetry.SelfHealth;
import io.vertx.ext.web.Router;
import java.util.Map;

/** What an orchestrator asks: alive, ready to take traffic, read your files again. */
public final class LifeCycleRoutes implements Routes {

  private final SelfHealth health;
  private final Reload reload;
  private final Blocking blocking;

  /** Reads the configuration again. */
  @FunctionalInterface
  public interface Reload {

    /**
     * All or nothing; may block.
     *
     * @throws SettingsProblem when the files are bad and the running configuration stays; its
     *     message says where and why
     */
    void reload(Principal by);
  }

  public LifeCycleRoutes(SelfHealth health, Reload reload, Blocking blocking) {
    this.health = health;
    this.reload = reload;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    // Below /prometheus too, where promtool's check healthy and check ready look for them.
    for (String base : new String[] {"/-/", "/prometheus/-/"}) {
      Operation.get(router, base + "healthy")
          .answersAtOnce(request -> report(health.alive(), request));
      Operation.get(router, base + "ready")
          .answersAtOnce(request -> report(health.ready(), request));
    }
    Operation.post(router, "/-/reload")
        .needs(Scope.ADMIN)
        .answersOn(blocking, request -> reload(request.principal()));
  }

  private static Reply report(SelfHealth.Report report, Request request) {
    boolean stranger = Authentication.known(request.context()).isEmpty();
    return Reply.json(report.fine() ? 200 : 503, stranger ? report.brief() : report);
  }

  private Reply reload(Principal by) {
    try {
      reload.reload(by);
    } catch (SettingsProblem e) {
      throw ProblemException.of(422, String.valueOf(e.getMessage()));
    }
    return Reply.json(Map.of("reloaded", true));
  }
}

package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.access.Scope;
import io.tocsin.notify.RouteText;
import io.tocsin.notify.RoutingTree;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Alertmanager's {@code status} and {@code receivers}. */
public final class AlertmanagerStatusRoutes implements Routes {

  private static final String BASE = "/alertmanager/api/v2";

  private final Supplier<RoutingTree> routes;
  private final Supplier<List<String>> receivers;
  private final String version;
  private final Instant started;

  /**
   * @param receivers names of all that are configured, whether a route leads to them or not
   */
  public AlertmanagerStatusRoutes(
      Supplier<RoutingTree> routes,
      Supplier<List<String>> receivers,
      String version,
      Instant started) {
    this.routes = routes;
    this.receivers = receivers;
    this.version = version;
    this.started = started;
  }

  private record Cluster(String status, List<String> peers) {}

  private record VersionInfo(
      String branch,
      @JsonProperty("buildDate") String buildDate,
      @JsonProperty("buildUser") String buildUser,
      @JsonProperty("goVersion") String goVersion,
      String revision,
      String version) {}

  private record Config(String original) {}

  private record Status(
      Cluster cluster,
      @JsonProperty("versionInfo") VersionInfo versionInfo,
      Config config,
      Instant uptime) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, BASE + "/status").needs(Scope.READ).answersAtOnce(this::status);
    Operation.get(router, BASE + "/receivers").needs(Scope.READ).answersAtOnce(this::receivers);
  }

  private Reply status(Request request) {
    return Reply.json(
        new Status(
            new Cluster("disabled", List.of()),
            new VersionInfo("", "", "Tocsin", "", "", version),
            new Config(RouteText.of(routes.get())),
            started));
  }

  private Reply receivers(Request request) {
    return Reply.json(receivers.get().stream().map(AlertmanagerJson.Receiver::new).toList());
  }
}

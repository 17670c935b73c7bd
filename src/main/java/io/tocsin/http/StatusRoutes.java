package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.telemetry.SelfHealth;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The whole service in a few numbers. */
public final class StatusRoutes implements Routes {

  /**
   * What does not change while the process runs.
   *
   * @param version of this build
   * @param node this node's name
   * @param database in words: {@code TimescaleDB 2.17 on PostgreSQL 17} or the embedded server
   * @param access {@code open} or {@code tokens}
   * @param demo whether this is the demo
   */
  public record About(
      String version,
      String node,
      String database,
      String access,
      boolean demo,
      Instant startedAt) {}

  private record StatusJson(
      About about,
      SelfHealth.Report health,
      Map<String, Integer> openIncidents,
      long unacknowledged,
      int firingAlerts,
      long mutedAlerts,
      int pendingAlerts) {}

  private final Supplier<About> about;
  private final SelfHealth health;
  private final IncidentStore incidents;
  private final AlertView alerts;
  private final Blocking blocking;

  public StatusRoutes(
      Supplier<About> about,
      SelfHealth health,
      IncidentStore incidents,
      AlertView alerts,
      Blocking blocking) {
    this.about = about;
    this.health = health;
    this.incidents = incidents;
    this.alerts = alerts;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/status")
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(status()));
  }

  private StatusJson status() {
    List<Incident> open = incidents.open();
    var bySeverity = new TreeMap<String, Integer>();
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity.label(), 0);
    }
    open.forEach(incident -> bySeverity.merge(incident.severity().label(), 1, Integer::sum));
    List<MarkedAlert> firing = alerts.firing();
    return new StatusJson(
        about.get(),
        health.ready(),
        bySeverity,
        open.stream().filter(incident -> incident.acknowledgedAt().isEmpty()).count(),
        firing.size(),
        firing.stream().filter(alert -> !alert.audible()).count(),
        alerts.pending().size());
  }
}

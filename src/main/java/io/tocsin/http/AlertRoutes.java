package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.Severity;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What breaches now. */
public final class AlertRoutes implements Routes {

  private final AlertView alerts;

  public AlertRoutes(AlertView alerts) {
    this.alerts = alerts;
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/alerts").needs(Scope.READ).answersAtOnce(this::list);
  }

  private Reply list(Request request) {
    List<Alert.Phase> states = request.choices("state", Alert.Phase.class);
    List<String> severities =
        request.choices("severity", Severity.class).stream().map(Severity::label).toList();
    List<AlertJson> found =
        Stream.concat(
                alerts.firing().stream().map(AlertJson::of),
                alerts.pending().stream().map(AlertJson::of))
            .filter(
                alert ->
                    states.isEmpty()
                        || states.stream().map(IncidentJson::word).anyMatch(alert.state()::equals))
            .filter(alert -> severities.isEmpty() || severities.contains(alert.severity()))
            .toList();
    return Reply.json(Map.of("alerts", found));
  }
}

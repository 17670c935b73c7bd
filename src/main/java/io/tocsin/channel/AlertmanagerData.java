package io.tocsin.channel;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Message;
import io.tocsin.template.LabelPairs;
import io.tocsin.template.NamedParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A message as Alertmanager's templates see it.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/notifications/">Alertmanager,
 *     notification template reference</a>
 */
final class AlertmanagerData {

  /** The end of an alert that fires: Go's zero time. */
  private static final Instant NO_END = Instant.parse("0001-01-01T00:00:00Z");

  private AlertmanagerData() {}

  /** The dot of a template. */
  static Map<String, Object> of(Message message, String externalUrl) {
    Incident incident = message.incident();
    List<Alert> alerts = incident.alerts();
    boolean fires = incident.open() && alerts.stream().anyMatch(Alert::active);
    var data = new LinkedHashMap<String, Object>();
    data.put("Receiver", message.destination().receiver());
    data.put("Status", fires || (alerts.isEmpty() && incident.open()) ? "firing" : "resolved");
    data.put("Alerts", parts(alerts.stream().map(it -> alert(it, incident)).toList()));
    data.put("GroupLabels", new LabelPairs(incident.group().values().toMap()));
    data.put("CommonLabels", new LabelPairs(common(alerts, it -> it.labels().toMap())));
    data.put("CommonAnnotations", new LabelPairs(common(alerts, Alert::annotations)));
    data.put("ExternalURL", externalUrl);
    return data;
  }

  private static NamedParts parts(List<Map<String, Object>> alerts) {
    return new NamedParts(
        alerts,
        Map.of(
            "Firing", alerts.stream().filter(it -> "firing".equals(it.get("Status"))).toList(),
            "Resolved",
                alerts.stream().filter(it -> "resolved".equals(it.get("Status"))).toList()));
  }

  private static Map<String, Object> alert(Alert alert, Incident incident) {
    var values = new HashMap<String, Object>();
    values.put("Status", alert.active() && incident.open() ? "firing" : "resolved");
    values.put("Labels", new LabelPairs(alert.labels().toMap()));
    values.put("Annotations", new LabelPairs(alert.annotations()));
    values.put("StartsAt", alert.activeSince());
    values.put("EndsAt", alert.resolvedAt().or(incident::resolvedAt).orElse(NO_END));
    values.put("GeneratorURL", "");
    values.put("Fingerprint", alert.key().fingerprint());
    return values;
  }

  private static Map<String, String> common(
      List<Alert> alerts, Function<Alert, Map<String, String>> of) {
    Map<String, String> common = new HashMap<>();
    var rest = new ArrayList<>(alerts);
    if (!rest.isEmpty()) {
      common.putAll(of.apply(rest.removeFirst()));
      for (Alert alert : rest) {
        Map<String, String> others = of.apply(alert);
        common.entrySet().removeIf(it -> !it.getValue().equals(others.get(it.getKey())));
      }
    }
    return common;
  }
}

package io.tocsin.postmortem;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.notify.Delivery;
import io.tocsin.rule.drift.Finding;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of an incident when its post-mortem is drafted.
 *
 * @param incident as it stands
 * @param events its timeline, oldest first
 * @param deliveries the messages sent about it
 * @param impacts what it cost each component
 * @param graphs the series behind its alerts, as far as they are kept
 * @param firstFailures when the failures began that made its checks DOWN, as far as they are kept
 * @param findings what drift rules found
 */
public record Evidence(
    Incident incident,
    List<IncidentEvent> events,
    List<Delivery> deliveries,
    List<Impact> impacts,
    List<AlertGraph> graphs,
    List<Instant> firstFailures,
    List<Finding> findings) {

  public Evidence {
    events = List.copyOf(events);
    deliveries = List.copyOf(deliveries);
    impacts = List.copyOf(impacts);
    graphs = List.copyOf(graphs);
    firstFailures = List.copyOf(firstFailures);
    findings = List.copyOf(findings);
  }

  /** Of an incident without checks. */
  public Evidence(
      Incident incident,
      List<IncidentEvent> events,
      List<Delivery> deliveries,
      List<Impact> impacts,
      List<AlertGraph> graphs) {
    this(incident, events, deliveries, impacts, graphs, List.of(), List.of());
  }

  /** The worst severity it ever had: what decides whether a post-mortem is owed. */
  public Severity peak() {
    Severity worst = incident.severity();
    for (IncidentEvent event : events) {
      if (event.change() instanceof Change.Opened opened) {
        worst = Severity.worst(worst, opened.severity());
      } else if (event.change() instanceof Change.SeverityChanged changed) {
        worst = Severity.worst(worst, changed.to());
      }
    }
    return worst;
  }
}

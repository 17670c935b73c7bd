package io.tocsin.postmortem;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.notify.Delivery;
import io.tocsin.rule.drift.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of an incident when its post-mortem is drafted.
 *
 * @param incident as it stands
 * @param events its timeline, oldest first
 * @param deliveries the messages sent about it
 * @param impacts what it cost each component
 * @param graphs the series behind its alerts, as far as they are kept
 * @param firstFailures when the failures began that made its checks DOWN, as far as they are kept
 * @param changes what others changed near it, oldest first
 * @param rate what an hour of a responder costs, if somebody says so
 * @param findings what drift rules found
 */
public record Evidence(
    Incident incident,
    List<IncidentEvent> events,
    List<Delivery> deliveries,
    List<Impact> impacts,
    List<AlertGraph> graphs,
    List<Instant> firstFailures,
    List<ChangeEvent> changes,
    Optional<CostRate> rate,
    List<Finding> findings) {

  public Evidence {
    events = List.copyOf(events);
    deliveries = List.copyOf(deliveries);
    impacts = List.copyOf(impacts);
    graphs = List.copyOf(graphs);
    firstFailures = List.copyOf(firstFailures);
    changes = List.copyOf(changes);
    findings = List.copyOf(findings);
  }

  /** Where nothing is known of changes, and people's time has no price. */
  public Evidence(
      Incident incident,
      List<IncidentEvent> events,
      List<Delivery> deliveries,
      List<Impact> impacts,
      List<AlertGraph> graphs,
      List<Instant> firstFailures) {
    this(
        incident,
        events,
        deliveries,
        impacts,
        graphs,
        firstFailures,
        List.of(),
        Optional.empty(),
        List.of());
  }

  /** The same with what drift rules found. */
  public Evidence with(List<Finding> found) {
    return new Evidence(
        incident, events, deliveries, impacts, graphs, firstFailures, changes, rate, found);
  }

  /** Of an incident without checks. */
  public Evidence(
      Incident incident,
      List<IncidentEvent> events,
      List<Delivery> deliveries,
      List<Impact> impacts,
      List<AlertGraph> graphs) {
    this(incident, events, deliveries, impacts, graphs, List.of());
  }

  /** The worst severity it ever had: what decides whether a post-mortem is owed. */
  public Severity peak() {
    return peak(incident, events);
  }

  /** The worst severity an incident ever had, by its timeline. */
  static Severity peak(Incident incident, List<IncidentEvent> events) {
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

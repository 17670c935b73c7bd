package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;

/** Incidents for tests. */
public final class IncidentExamples {

  private IncidentExamples() {}

  /** The first event of an incident of a component. */
  public static IncidentEvent opening(
      long number, String component, Severity severity, Instant at, Alert... alerts) {
    var group = new GroupKey("0", Labels.of("component", component));
    var opened =
        new Change.Opened(
            number,
            group,
            component + " is bad",
            severity,
            List.of(alerts),
            List.of(component),
            true);
    return new IncidentEvent(IncidentId.of(group, at), 1, at, Actor.SYSTEM, opened);
  }

  /** An incident that has just been opened. */
  public static Incident open(
      long number, String component, Severity severity, Instant at, Alert... alerts) {
    return fold(opening(number, component, severity, at, alerts));
  }

  public static Incident fold(IncidentEvent... events) {
    return new IncidentFold(SeverityPolicy.OWNERS).fold(List.of(events));
  }

  /** The event after the last one of an incident. */
  public static IncidentEvent next(Incident incident, Change change, Instant at) {
    return new IncidentEvent(
        incident.id(), incident.lastSeq() + 1, at, Actor.person("Ana"), change);
  }

  /** The incident after one more change. */
  public static Incident after(Incident incident, Change change, Instant at) {
    return new IncidentFold(SeverityPolicy.OWNERS).apply(incident, next(incident, change, at));
  }
}

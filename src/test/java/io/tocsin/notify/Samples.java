package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ready-made nouns for tests. */
public final class Samples {

  public static final Instant T0 = Instant.parse("2026-03-01T14:02:00Z");
  public static final GroupKey GROUP = new GroupKey("0", Labels.of("component", "Payments"));

  private Samples() {}

  public static Alert alert(String name, String... labels) {
    return new Alert(
        AlertSpec.of("rules.yaml;g;" + name, name, Duration.ZERO),
        Labels.of(labels).with("alertname", name),
        Alert.Phase.FIRING,
        T0,
        Optional.of(T0),
        Optional.empty(),
        T0,
        0.12,
        Map.of("summary", "12 % of <card> payments fail"));
  }

  public static Incident incident(Severity severity) {
    return new Incident(
        IncidentId.of(GROUP, T0),
        184,
        GROUP,
        "Payments: 12 % failing",
        severity,
        Incident.State.OPEN,
        Phase.INVESTIGATING,
        true,
        List.of("Payments"),
        List.of(alert("PaymentsFailing", "instance", "pay-1", "component", "Payments")),
        T0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        0,
        0,
        List.of(),
        List.of(),
        1);
  }

  /** The same incident, over. */
  public static Incident resolved(Incident incident, Instant at) {
    return new Incident(
        incident.id(),
        incident.number(),
        incident.group(),
        incident.title(),
        incident.severity(),
        Incident.State.RESOLVED,
        Phase.RESOLVED,
        incident.published(),
        incident.components(),
        incident.alerts(),
        incident.openedAt(),
        incident.acknowledgedAt(),
        incident.acknowledgedBy(),
        incident.assignee(),
        incident.roles(),
        Optional.of(at),
        incident.reopened(),
        incident.escalationStep(),
        incident.clocks(),
        incident.updates(),
        incident.lastSeq() + 1);
  }

  public static Message message(Destination destination, Incident incident, Transition.Kind kind) {
    return new Message(
        destination,
        incident.id().value(),
        new Transition(incident.lastSeq(), kind, 0),
        incident,
        "Payments: 12 % of card payments fail since 14:02 UTC.",
        "route 0",
        T0);
  }
}

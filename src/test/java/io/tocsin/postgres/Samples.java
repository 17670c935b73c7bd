package io.tocsin.postgres;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.tocsin.label.Labels;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trouble to store. */
final class Samples {
  static final Instant T0 = Instant.parse("2026-03-01T12:00:00.123456Z");
  static final Destination OPS = new Destination("ops", "webhook", 0);

  private Samples() {}

  static Alert alert(String instance) {
    var labels = Labels.of("alertname", "Down", "instance", instance, "severity", "critical");
    return new Alert(
        AlertSpec.of("rules.yaml;web;0", "Down", Duration.ofMinutes(1)),
        labels,
        Alert.Phase.FIRING,
        T0,
        Optional.of(T0.plusSeconds(60)),
        Optional.empty(),
        T0.plusSeconds(90),
        0.5,
        Map.of("summary", "It is down: \"" + instance + "\""));
  }

  static Incident incident(long number, long lastSeq) {
    var group = new GroupKey("0/1", Labels.of("alertname", "Down " + number));
    return new Incident(
        IncidentId.of(group, T0),
        number,
        group,
        "Down " + number,
        Severity.CRITICAL,
        Incident.State.OPEN,
        Phase.INVESTIGATING,
        true,
        List.of("Web app"),
        List.of(alert("a")),
        T0.plusSeconds(number),
        Optional.empty(),
        Optional.empty(),
        Optional.of("ann"),
        Map.of("commander", "ann"),
        Optional.empty(),
        0,
        1,
        List.of(
            new ClockState(
                Clock.RESPONSE,
                T0,
                T0.plusSeconds(900),
                Optional.empty(),
                false,
                Optional.empty())),
        List.of(
            new Incident.Update(
                T0, Actor.person("ann"), Phase.INVESTIGATING, true, false, "We are on it.")),
        lastSeq);
  }

  static IncidentEvent opened(Incident incident) {
    return new IncidentEvent(
        incident.id(),
        1,
        incident.openedAt(),
        Actor.SYSTEM,
        new Change.Opened(
            incident.number(),
            incident.group(),
            incident.title(),
            incident.severity(),
            incident.alerts(),
            incident.components(),
            true));
  }

  static Message message(Incident incident, Destination to, Transition transition, String text) {
    return new Message(
        to, incident.id().value(), transition, incident, text, "route 0/1", T0.plusSeconds(1));
  }

  static final Transition OPENED = new Transition(1, Transition.Kind.OPENED, 0);

  /** One incident opened, with one message to each destination. */
  static Commit opening(Incident incident, Destination... to) {
    return new Commit(
        incident.alerts(),
        List.of(),
        List.of(incident),
        List.of(opened(incident)),
        java.util.Arrays.stream(to).map(d -> message(incident, d, OPENED, "opened")).toList());
  }
}

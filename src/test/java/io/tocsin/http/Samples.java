package io.tocsin.http;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
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
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of each noun, as a good afternoon's trouble would leave them. */
final class Samples {

  static final Instant AT = OpsFixture.NOW.minusSeconds(600);
  static final IncidentId ID = new IncidentId("i0123456789abcdef");

  private Samples() {}

  static Alert alert(Alert.Phase phase) {
    return new Alert(
        AlertSpec.of("rules.yaml;api;0", "HighErrorRate", Duration.ofMinutes(1)),
        Labels.of("alertname", "HighErrorRate", "component", "API", "severity", "critical"),
        phase,
        AT,
        phase == Alert.Phase.PENDING ? Optional.empty() : Optional.of(AT.plusSeconds(60)),
        Optional.empty(),
        AT.plusSeconds(300),
        Double.POSITIVE_INFINITY,
        Map.of("summary", "7 % of requests fail"));
  }

  static MarkedAlert muted() {
    return new MarkedAlert(alert(Alert.Phase.FIRING), List.of(new Mute.BySilence("s1")));
  }

  static Incident incident() {
    return new Incident(
        ID,
        184,
        new GroupKey("0/1", Labels.of("component", "API")),
        "7 % of requests fail",
        Severity.CRITICAL,
        Incident.State.OPEN,
        Phase.INVESTIGATING,
        true,
        List.of("API"),
        List.of(alert(Alert.Phase.FIRING)),
        AT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of("commander", "Ada"),
        Optional.empty(),
        0,
        1,
        List.of(
            new ClockState(
                Clock.RESPONSE, AT, AT.plusSeconds(900), Optional.empty(), true, Optional.empty())),
        List.of(
            new Incident.Update(
                AT.plusSeconds(120), Actor.SYSTEM, Phase.INVESTIGATING, true, true, "We look.")),
        3);
  }

  static List<IncidentEvent> events() {
    return List.of(
        new IncidentEvent(
            ID,
            1,
            AT,
            Actor.SYSTEM,
            new Change.Opened(
                184,
                new GroupKey("0/1", Labels.of("component", "API")),
                "7 % of requests fail",
                Severity.CRITICAL,
                List.of(alert(Alert.Phase.FIRING)),
                List.of("API"),
                true)),
        new IncidentEvent(
            ID,
            2,
            AT,
            Actor.SYSTEM,
            new Change.Escalated(1, "nobody answered", "default", 0, List.of())),
        new IncidentEvent(
            ID, 3, AT, Actor.person("Ada"), new Change.TaskChanged("t9", "Roll back", false)),
        new IncidentEvent(
            ID, 4, AT, Actor.person("Ada"), new Change.Resolved(Optional.of("rolled back"))));
  }

  static GroupView group() {
    Incident incident = incident();
    return new GroupView(
        ID,
        incident.number(),
        incident.title(),
        incident.severity(),
        incident.group(),
        new Destination("ops", "pagerduty", 0),
        ID.value(),
        "route 0",
        1,
        Optional.of(AT),
        Optional.of(AT.plusSeconds(14_400)),
        "nobody has acknowledged; repeat_interval of 4 h ends");
  }

  static Delivery delivery() {
    return new Delivery(
        7,
        new Message(
            new Destination("ops", "pagerduty", 0),
            ID.value(),
            new Transition(1, Transition.Kind.OPENED, 0),
            incident(),
            "7 % of requests fail",
            "route 0/1",
            AT),
        Delivery.State.DEAD,
        AT,
        Optional.empty(),
        List.of(new Delivery.Attempt(AT, Duration.ofMillis(120), false, "status 403")));
  }
}

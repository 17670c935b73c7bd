package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages about an incident that never was, to see that a receiver is reached. */
public final class TestMessage {

  private static final String TITLE = "Test message: this is not an incident";

  private TestMessage() {}

  /** The message that opens, or the one that ends what the first one opened. */
  public static Message of(
      Destination destination, Severity severity, boolean open, Instant startedAt) {
    return about(destination, incident(severity, open, startedAt), startedAt);
  }

  /** A message about an incident as it is now. */
  public static Message about(Destination destination, Incident incident, Instant at) {
    Transition.Kind kind = incident.open() ? Transition.Kind.OPENED : Transition.Kind.RESOLVED;
    return new Message(
        destination,
        incident.id().value(),
        new Transition(incident.lastSeq(), kind, 0),
        incident,
        Message.name(incident),
        "somebody asked for it",
        at);
  }

  private static Incident incident(Severity severity, boolean open, Instant at) {
    var group = new GroupKey("test", Labels.of("component", "Test"));
    return new Incident(
        IncidentId.of(group, at),
        0,
        group,
        TITLE,
        severity,
        open ? Incident.State.OPEN : Incident.State.RESOLVED,
        open ? Phase.INVESTIGATING : Phase.RESOLVED,
        false,
        List.of("Test"),
        List.of(),
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        open ? Optional.empty() : Optional.of(at),
        0,
        0,
        List.of(),
        List.of(),
        open ? 1 : 2);
  }
}

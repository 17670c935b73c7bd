package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import java.util.List;

/**
 * What one cycle of the engine decided: written in ONE transaction or not at all.
 *
 * @param alerts alerts whose state changed (pending, firing, resolved), as they are now
 * @param gone alerts that need not be remembered any more
 * @param incidents the incidents the events changed, as they are now
 * @param events what happened, in order
 * @param messages what to tell whom
 */
public record Commit(
    List<Alert> alerts,
    List<AlertKey> gone,
    List<Incident> incidents,
    List<IncidentEvent> events,
    List<Message> messages) {

  public Commit {
    alerts = List.copyOf(alerts);
    gone = List.copyOf(gone);
    incidents = List.copyOf(incidents);
    events = List.copyOf(events);
    messages = List.copyOf(messages);
  }

  public boolean isEmpty() {
    return alerts.isEmpty()
        && gone.isEmpty()
        && incidents.isEmpty()
        && events.isEmpty()
        && messages.isEmpty();
  }
}

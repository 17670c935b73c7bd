package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

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

  /** Nothing was decided. */
  public static final Commit NOTHING =
      new Commit(List.of(), List.of(), List.of(), List.of(), List.of());

  public Commit {
    alerts = List.copyOf(alerts);
    gone = List.copyOf(gone);
    incidents = List.copyOf(incidents);
    events = List.copyOf(events);
    messages = List.copyOf(messages);
  }

  /** This and what was decided right after it, as one: of what both have the later counts. */
  public Commit and(Commit later) {
    if (isEmpty()) {
      return later;
    }
    var stays = new HashSet<>(gone);
    later.alerts.forEach(alert -> stays.remove(alert.key()));
    stays.addAll(later.gone);
    return new Commit(
        newest(alerts, later.alerts, Alert::key),
        List.copyOf(stays),
        newest(incidents, later.incidents, Incident::id),
        joined(events, later.events),
        joined(messages, later.messages));
  }

  private static <T> List<T> newest(List<T> earlier, List<T> later, Function<T, ?> identity) {
    var all = new LinkedHashMap<Object, T>();
    joined(earlier, later).forEach(one -> all.put(identity.apply(one), one));
    return List.copyOf(all.values());
  }

  private static <T> List<T> joined(List<T> earlier, List<T> later) {
    var all = new ArrayList<>(earlier);
    all.addAll(later);
    return all;
  }

  public boolean isEmpty() {
    return alerts.isEmpty()
        && gone.isEmpty()
        && incidents.isEmpty()
        && events.isEmpty()
        && messages.isEmpty();
  }
}

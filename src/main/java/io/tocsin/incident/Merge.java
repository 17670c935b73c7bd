package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Two incidents become one: the heir takes over what still fires and is at least as bad. */
final class Merge {

  private final Recorder recorder;
  private final Incident incident;
  private final Actor actor;
  private final Instant now;

  Merge(Recorder recorder, Incident incident, Actor actor, Instant now) {
    this.recorder = recorder;
    this.incident = incident;
    this.actor = actor;
    this.now = now;
  }

  /**
   * Ends the incident as a part of its heir; both are open.
   *
   * @param reason why the machine thinks so
   * @return the incident after its end
   */
  Incident into(Desk desk, Incident heir, Optional<String> reason) {
    var merged = new Change.MergedInto(heir.id(), reason);
    Incident ended = recorder.record(incident.id(), actor, merged, now);
    List<Alert> alerts = incident.alerts().stream().filter(Alert::active).toList();
    if (!alerts.isEmpty()) {
      var change = new Change.AlertsChanged(alerts, List.of(), incident.components());
      recorder.record(heir.id(), actor, change, now);
    }
    recorder.record(heir.id(), actor, new Change.Linked(incident.id(), "merged_from"), now);
    Severity worst = Severity.worst(heir.severity(), incident.severity());
    if (worst != heir.severity()) {
      var change = new Change.SeverityChanged(heir.severity(), worst);
      desk.review(recorder, recorder.record(heir.id(), actor, change, now), now);
    }
    return ended;
  }
}

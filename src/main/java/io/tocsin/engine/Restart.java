package io.tocsin.engine;

import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertTracker;
import io.tocsin.incident.Desk;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Incidents;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a start begins with, read from what was committed.
 *
 * @param state everything the road remembers
 * @param gone alerts whose time ran out while we were away
 */
record Restart(EngineState state, List<AlertKey> gone) {

  /** Incidents that ended within this time are looked at: one of them may cover a firing alert. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  /** The newest ended incidents that are looked at, and the newest messages of each incident. */
  private static final int MOST = 500;

  /** Reads; blocks. */
  static Restart from(Outbox outbox, IncidentStore store, Instant now) {
    Outbox.Restored restored = outbox.restore();
    var incidents = new ArrayList<>(restored.open());
    incidents.sort(Comparator.comparingLong(Incident::number));
    var filter =
        new IncidentStore.Filter(
            List.of(Incident.State.RESOLVED, Incident.State.MERGED),
            List.of(),
            Optional.empty(),
            Optional.of(now.minus(LOOK_BACK)),
            MOST);
    incidents.addAll(store.search(filter));
    var deliveries = new ArrayList<Delivery>();
    for (Incident incident : incidents) {
      if (incident.open() || mayComeBack(incident, now)) {
        deliveries.addAll(outbox.deliveries(Optional.of(incident.id()), MOST));
      }
    }
    AlertTracker.Advance alerts = new AlertTracker().restore(restored.alerts(), now);
    var state =
        new EngineState(
            alerts.next(), Incidents.of(incidents, restored.lastNumber()), Sent.of(deliveries));
    return new Restart(state, alerts.gone());
  }

  private static boolean mayComeBack(Incident incident, Instant now) {
    return incident.resolvedAt().map(at -> at.plus(Desk.REOPEN_WITHIN).isAfter(now)).orElse(false);
  }
}

package io.tocsin;

import io.tocsin.engine.IncidentListener;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.tocsin.web.StatusSite;
import java.time.Duration;

/** The readers of incident events beside the outbox: status page, post-mortem, telemetry. */
record IncidentReader(StatusSite site, PostmortemDesk postmortems, Telemetry telemetry)
    implements IncidentListener {

  @Override
  public void happened(IncidentEvent event, Incident after) {
    site.changed();
    Duration age = Duration.between(after.openedAt(), event.at());
    String severity = after.severity().label();
    switch (event.change()) {
      case Change.Acknowledged acknowledged ->
          telemetry.record(Meter.TIME_TO_ACKNOWLEDGE, age, severity);
      case Change.Resolved resolved -> {
        telemetry.record(Meter.TIME_TO_RESOLVE, age, severity);
        postmortems.resolved(after.id());
      }
      default -> {}
    }
  }
}

package io.tocsin.web;

import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.Incident;
import io.tocsin.incident.Precedent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What may help with an incident and does not change with it: changes before its start and
 * incidents of the past that were alike.
 */
public record IncidentContext(List<ChangeEvent> changes, List<Precedent> similar) {

  private static final Duration BEFORE = Duration.ofHours(24);
  private static final int MOST_CHANGES = 20;

  public IncidentContext {
    changes = List.copyOf(changes);
    similar = List.copyOf(similar);
  }

  /** Reads it; blocks. */
  static IncidentContext read(ConsolePorts ports, Incident incident, Instant now) {
    Instant end = incident.resolvedAt().orElse(now);
    return new IncidentContext(
        ports
            .work()
            .changes()
            .between(incident.openedAt().minus(BEFORE), end.plusMillis(1), MOST_CHANGES),
        Precedent.of(incident, ports.incidents()));
  }
}

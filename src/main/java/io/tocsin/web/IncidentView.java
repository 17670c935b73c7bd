package io.tocsin.web;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One incident with all that is known of it.
 *
 * @param now when it was read
 * @param incident as it stands
 * @param timeline newest first
 * @param deliveries what was told to whom, newest first
 * @param postmortem whether its story is written or drafted
 */
public record IncidentView(
    Instant now,
    Incident incident,
    List<TimelineLine> timeline,
    List<Delivery> deliveries,
    boolean postmortem) {

  private static final int DELIVERIES = 50;

  /** Reads it all; blocks. Empty when there is no such incident. */
  static Optional<IncidentView> read(ConsolePorts ports, IncidentId id, Instant now) {
    return ports
        .incidents()
        .find(id)
        .map(
            incident ->
                new IncidentView(
                    now,
                    incident,
                    ports.incidents().events(id).reversed().stream().map(TimelineLine::of).toList(),
                    ports.outbox().deliveries(Optional.of(id), DELIVERIES),
                    ports.postmortems().latest(id).isPresent()));
  }
}

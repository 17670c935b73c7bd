package io.tocsin.web;

import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeWindow;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Kinship;
import io.tocsin.incident.Response;
import io.tocsin.notify.Delivery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One incident with all that is known of it.
 *
 * @param now when it was read
 * @param incident as it stands
 * @param timeline newest first
 * @param deliveries what was told to whom, newest first
 * @param postmortem whether its story is written or drafted
 * @param kin open incidents that look like the same trouble
 * @param response who took part and for how long
 * @param cost people's time in money, if it has a price
 */
public record IncidentView(
    Instant now,
    Incident incident,
    List<TimelineLine> timeline,
    List<Delivery> deliveries,
    boolean postmortem,
    List<Kinship> kin,
    Response response,
    Optional<CostRate.Money> cost) {

  private static final int DELIVERIES = 50;
  private static final int KIN = 3;

  /** Reads it all; blocks. Empty when there is no such incident. */
  static Optional<IncidentView> read(ConsolePorts ports, IncidentId id, Instant now) {
    return ports.incidents().find(id).map(incident -> of(ports, incident, now));
  }

  private static IncidentView of(ConsolePorts ports, Incident incident, Instant now) {
    List<IncidentEvent> events = ports.incidents().events(incident.id());
    Response response = Response.of(events, now);
    List<Kinship> kin =
        incident.open()
            ? Kinship.of(incident, ports.incidents().open(), ports.desk().correlation().get(), KIN)
            : List.of();
    return new IncidentView(
        now,
        incident,
        timeline(events, ChangeWindow.of(incident, now).in(ports.desk().changes())),
        ports.outbox().deliveries(Optional.of(incident.id()), DELIVERIES),
        ports.postmortems().latest(incident.id()).isPresent(),
        kin,
        response,
        ports.desk().cost().get().map(rate -> rate.of(response.peopleTime())));
  }

  /** Newest first; a change of others stands before what happened at the same instant. */
  private static List<TimelineLine> timeline(
      List<IncidentEvent> events, List<ChangeEvent> changes) {
    return Stream.concat(
            changes.stream().map(TimelineLine::of), events.stream().map(TimelineLine::of))
        .sorted(Comparator.comparing(TimelineLine::at))
        .toList()
        .reversed();
  }
}

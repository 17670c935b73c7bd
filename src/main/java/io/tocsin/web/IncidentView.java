package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.Request;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeWindow;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Kinship;
import io.tocsin.incident.Response;
import io.tocsin.notify.Delivery;
import io.tocsin.runbook.Runbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One incident with all that is known of it.
 *
 * @param now when it was read
 * @param incident as it stands
 * @param show which lines of the timeline
 * @param timeline newest first
 * @param deliveries what was told to whom, newest first
 * @param response tasks, links, people
 * @param steps of the runbooks of its alerts, with who did each when
 * @param runbooks the pages of its alerts that there are
 * @param postmortem whether its story is written or drafted
 * @param roles what people may take: role to who has it
 * @param kin open incidents that look like the same trouble
 * @param models watched models that its alerts are about
 * @param cost people's time in money, if it has a price
 * @param responds whether whoever looks may act on it
 * @param pausable its clocks that may be made to stand still now
 */
public record IncidentView(
    Instant now,
    Incident incident,
    Show show,
    List<TimelineLine> timeline,
    List<Delivery> deliveries,
    Response response,
    List<Step> steps,
    List<String> runbooks,
    boolean postmortem,
    Map<String, String> roles,
    List<Kinship> kin,
    List<String> models,
    Optional<CostRate.Money> cost,
    boolean responds,
    Set<Clock> pausable) {

  private static final int KIN = 3;
  private static final int DELIVERIES = 50;
  private static final int LINES = 200;

  /** The roles of a response, as in the owner's rules. */
  private static final List<String> ROLES = List.of("commander", "communications", "scribe");

  /** What the timeline shows. */
  public enum Show {
    ALL,
    PEOPLE,
    MESSAGES,
    SYSTEM;

    /** As in the address. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean takes(TimelineLine line) {
      return switch (this) {
        case ALL -> true;
        case PEOPLE -> line.kind() == TimelineLine.Kind.PEOPLE;
        case MESSAGES -> line.kind() == TimelineLine.Kind.MESSAGES;
        case SYSTEM -> line.kind() == TimelineLine.Kind.SYSTEM;
      };
    }
  }

  /** A step of a runbook; its task once somebody took it. */
  public record Step(String text, Optional<Response.Task> task) {
    /** Whether somebody did it. */
    public boolean done() {
      return task.filter(Response.Task::done).isPresent();
    }
  }

  /** Reads it all; blocks. Empty when there is no such incident. */
  static Optional<IncidentView> read(
      ConsolePorts ports, IncidentId id, Request request, Instant now) {
    return ports.incidents().find(id).map(incident -> of(ports, incident, request, now));
  }

  private static IncidentView of(
      ConsolePorts ports, Incident incident, Request request, Instant now) {
    Show show =
        request
            .query("show")
            .map(text -> Request.choice("show", text, Show.class))
            .orElse(Show.ALL);
    List<IncidentEvent> events = ports.incidents().events(incident.id());
    List<Delivery> deliveries = ports.outbox().deliveries(Optional.of(incident.id()), DELIVERIES);
    Response response = Response.of(events, now);
    List<String> steps = ports.work().steps().apply(incident);
    return new IncidentView(
        now,
        incident,
        show,
        lines(events, deliveries, ChangeWindow.of(incident, now).in(ports.desk().changes()), show),
        deliveries,
        new Response(
            response.tasks().stream().filter(task -> !steps.contains(task.text())).toList(),
            response.links(),
            response.related(),
            response.people(),
            response.peopleTime()),
        steps.stream().map(text -> step(text, response)).toList(),
        runbooks(ports, incident),
        ports.postmortems().latest(incident.id()).isPresent(),
        roles(incident),
        incident.open()
            ? Kinship.of(incident, ports.work().open().get(), ports.desk().correlation().get(), KIN)
            : List.of(),
        ModelPages.of(incident, ports.models()),
        ports.desk().cost().get().map(rate -> rate.of(response.peopleTime())),
        Scope.allows(request.principal().scopes(), Scope.RESPOND),
        incident.clocks().stream()
            .filter(ClockState::pausable)
            .map(ClockState::clock)
            .filter(ports.desk().pausable().get()::contains)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<TimelineLine> lines(
      List<IncidentEvent> events, List<Delivery> deliveries, List<ChangeEvent> changes, Show show) {
    var lines = new ArrayList<TimelineLine>();
    events.reversed().forEach(event -> lines.add(TimelineLine.of(event)));
    deliveries.forEach(delivery -> lines.add(TimelineLine.of(delivery)));
    changes.reversed().forEach(change -> lines.add(TimelineLine.of(change)));
    return lines.stream()
        .filter(show::takes)
        .sorted(Comparator.comparing(TimelineLine::at).reversed())
        .limit(LINES)
        .toList();
  }

  private static Step step(String text, Response response) {
    return new Step(
        text, response.tasks().stream().filter(task -> task.text().equals(text)).findFirst());
  }

  private static List<String> runbooks(ConsolePorts ports, Incident incident) {
    return incident.alerts().stream()
        .map(alert -> alert.spec().runbook().orElse(alert.spec().alertName()))
        .distinct()
        .limit(10)
        .filter(name -> ports.work().runbooks().find(name).map(Runbook::name).isPresent())
        .toList();
  }

  private static Map<String, String> roles(Incident incident) {
    var roles = new LinkedHashMap<String, String>();
    ROLES.forEach(role -> roles.put(role, incident.roles().getOrDefault(role, "")));
    incident.roles().forEach(roles::putIfAbsent);
    return roles;
  }

  /** Where the incident's pages are. */
  public String path() {
    return "/incidents/" + incident.id().value();
  }
}

package io.tocsin.notify;

import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Recorder;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Target;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Assembles the team for a severity from whoever is on call: when an incident opens, comes back,
 * changes its severity or escalates. What a person took stays; nobody gets two roles.
 */
public final class Team {

  private final TeamPlan plan;
  private final OnCall onCall;

  public Team(TeamPlan plan, OnCall onCall) {
    this.plan = plan;
    this.onCall = onCall;
  }

  /**
   * Fills or proposes the roles that are open.
   *
   * @param muted incidents that make no sound now: nobody is called for them
   */
  public void advance(Recorder recorder, Set<IncidentId> muted, Instant now) {
    if (plan.rows().isEmpty()) {
      return;
    }
    var due = new LinkedHashSet<IncidentId>();
    for (IncidentEvent event : recorder.events()) {
      if (assembles(event.change()) && !muted.contains(event.incident())) {
        due.add(event.incident());
      }
    }
    due.forEach(
        id ->
            recorder
                .find(id)
                .filter(Incident::open)
                .ifPresent(incident -> assemble(recorder, incident, now)));
  }

  private static boolean assembles(Change change) {
    return change instanceof Change.Opened
        || change instanceof Change.Reopened
        || change instanceof Change.SeverityChanged
        || change instanceof Change.Escalated;
  }

  private void assemble(Recorder recorder, Incident incident, Instant now) {
    TeamPlan.Row row = plan.rows().get(incident.severity());
    if (row == null) {
      return;
    }
    Set<String> busy = new HashSet<>(incident.roles().values());
    for (TeamPlan.Seat seat : row.seats()) {
      if (!incident.roles().containsKey(seat.role())) {
        Optional<String> known = Optional.ofNullable(incident.proposed().get(seat.role()));
        Optional<String> person =
            known.filter(it -> !busy.contains(it)).or(() -> free(seat, busy, now));
        person.ifPresent(busy::add);
        person
            .filter(it -> row.fill() || !known.equals(Optional.of(it)))
            .map(it -> change(row, seat, it))
            .ifPresent(change -> recorder.record(incident.id(), Actor.SYSTEM, change, now));
      }
    }
  }

  private static Change change(TeamPlan.Row row, TeamPlan.Seat seat, String person) {
    return row.fill()
        ? new Change.RoleTaken(seat.role(), person)
        : new Change.RoleProposed(seat.role(), person);
  }

  private Optional<String> free(TeamPlan.Seat seat, Set<String> busy, Instant now) {
    for (Target target : seat.from()) {
      Optional<String> person =
          onCall.contacts(List.of(target), now).stream()
              .map(Contact::person)
              .filter(name -> !name.isEmpty() && !busy.contains(name))
              .findFirst();
      if (person.isPresent()) {
        return person;
      }
    }
    return Optional.empty();
  }
}

package io.tocsin.incident;

import java.util.List;
import java.util.Optional;

/** Events become incidents: the one way in which an incident changes. */
public final class IncidentFold {

  private final ClockWork clockWork;

  public IncidentFold(SeverityPolicy policy) {
    this.clockWork = new ClockWork(policy);
  }

  /**
   * The incident that a timeline tells of.
   *
   * @throws IllegalArgumentException when it does not begin with {@link Change.Opened} or has a gap
   */
  public Incident fold(List<IncidentEvent> events) {
    Incident incident = opened(events.getFirst());
    for (IncidentEvent event : events.subList(1, events.size())) {
      incident = apply(incident, event);
    }
    return incident;
  }

  /** A new incident from its first event. */
  public Incident opened(IncidentEvent event) {
    if (!(event.change() instanceof Change.Opened opened)) {
      throw new IllegalArgumentException(
          "incident " + event.incident() + ": found " + event.change() + ", expected Opened first");
    }
    return new IncidentDraft(event, opened)
        .clocks(clockWork.started(opened.severity(), opened.published(), event.at()))
        .build();
  }

  /** The incident after one more event. */
  public Incident apply(Incident incident, IncidentEvent event) {
    if (event.seq() != incident.lastSeq() + 1) {
      throw new IllegalArgumentException(
          String.format(
              "incident %s: found event %d after %d, expected no gap",
              incident.id(), event.seq(), incident.lastSeq()));
    }
    var draft = new IncidentDraft(incident, event.seq());
    if (event.actor().kind() == Actor.Kind.PERSON) {
      draft.touched(event.at());
    }
    List<ClockState> clocks = incident.clocks();
    switch (event.change()) {
      case Change.Opened opened ->
          throw new IllegalArgumentException("incident " + incident.id() + " is already opened");
      case Change.AlertsChanged changed ->
          draft.alerts(changed.joined(), changed.left()).components(changed.components());
      case Change.SeverityChanged changed ->
          draft
              .severity(changed.to())
              .clocks(clockWork.regraded(clocks, changed, incident, event.at()));
      case Change.Acknowledged acknowledged ->
          draft
              .acknowledged(Optional.of(event.at()), Optional.of(event.actor().name()))
              .clocks(clockWork.acknowledged(clocks, incident.severity(), event.at()));
      case Change.Unacknowledged unacknowledged ->
          draft
              .acknowledged(Optional.empty(), Optional.empty())
              .clocks(clockWork.responseOwed(clocks, incident.severity(), event.at()));
      case Change.Assigned assigned -> draft.assignee(assigned.assignee());
      case Change.RoleTaken taken -> draft.role(taken.role(), taken.person());
      case Change.UpdatePosted posted -> posted(draft, incident, posted, event);
      case Change.NoteAdded note -> {}
      case Change.TaskChanged task -> {}
      case Change.LinkAdded link -> {}
      case Change.Linked linked -> {}
      case Change.StakeholdersInformed informed ->
          draft.clocks(clockWork.stakeholdersInformed(clocks, incident.severity(), event.at()));
      case Change.Escalated escalated -> draft.escalated(event, escalated);
      case Change.ClockWarned warned -> draft.clocks(ClockWork.warned(clocks, warned.clock()));
      case Change.ClockBreached breached ->
          draft.clocks(ClockWork.breached(clocks, breached.clock(), event.at()));
      case Change.ClocksPaused paused ->
          draft.clocks(clockWork.paused(clocks, paused.clocks(), event.at()));
      case Change.ClocksResumed resumed ->
          draft.clocks(clockWork.resumed(clocks, incident.severity(), event.at()));
      case Change.ClockReminded reminded ->
          draft
              .called(event, reminded.contacts())
              .clocks(ClockWork.reminded(clocks, reminded.clock(), event.at()));
      case Change.PublicationChanged changed ->
          draft
              .published(changed.published())
              .clocks(
                  clockWork.publication(
                      clocks, changed.published(), incident.severity(), event.at()));
      case Change.Resolved resolved ->
          draft
              .ended(Incident.State.RESOLVED, event.at())
              .clocks(clockWork.over(clocks, incident.severity(), event.at()));
      case Change.Reopened reopened ->
          draft
              .reopened(reopened.times())
              .alerts(reopened.alerts(), List.of())
              .clocks(
                  clockWork.reopened(
                      clocks, incident.resolvedAt(), incident.severity(), event.at()));
      case Change.SplitOff split -> draft.without(split.alerts());
      case Change.SplitFrom split -> {}
      case Change.RoleProposed proposed -> draft.proposed(proposed.role(), proposed.person());
      case Change.AlertsMasked masked -> draft.masked(masked);
      case Change.MergedInto merged ->
          draft
              .ended(Incident.State.MERGED, event.at())
              .clocks(clockWork.over(clocks, incident.severity(), event.at()));
    }
    return draft.build();
  }

  private void posted(
      IncidentDraft draft, Incident incident, Change.UpdatePosted posted, IncidentEvent event) {
    draft.update(
        new Incident.Update(
            event.at(),
            event.actor(),
            posted.phase(),
            posted.isPublic(),
            posted.automatic(),
            posted.text()));
    if (posted.isPublic() && !posted.automatic() && incident.open()) {
      draft.clocks(clockWork.publiclyUpdated(incident.clocks(), incident.severity(), event.at()));
    }
  }
}

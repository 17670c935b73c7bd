package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.Clock;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.Masked;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.statuspage.PublicWords;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One event of an incident in words.
 *
 * @param at when
 * @param who did it
 * @param byPerson whether a person did
 * @param what happened
 * @param said words posted or a note, empty when there are none
 * @param tag what it is: Public, Internal, Change, Breach; empty for the ordinary
 * @param kind of what kind it is
 */
public record TimelineLine(
    Instant at, String who, boolean byPerson, String what, String said, String tag, Kind kind) {

  /** Who or what speaks: a person, a message of ours that was sent, or we ourselves. */
  public enum Kind {
    PEOPLE,
    MESSAGES,
    SYSTEM
  }

  static TimelineLine of(IncidentEvent event) {
    Change change = event.change();
    boolean byPerson = event.actor().kind() == Actor.Kind.PERSON;
    return new TimelineLine(
        event.at(),
        event.actor().name(),
        byPerson,
        what(change),
        said(change),
        tag(change),
        byPerson ? Kind.PEOPLE : Kind.SYSTEM);
  }

  /** A message, with what became of it. */
  static TimelineLine of(Delivery delivery) {
    Destination to = delivery.message().destination();
    String became =
        switch (delivery.state()) {
          case DELIVERED -> "Told";
          case PENDING -> "Is to be told";
          case DEAD -> "Could not be told";
        };
    Instant at =
        delivery.attempts().isEmpty()
            ? delivery.message().at()
            : delivery.attempts().getLast().at();
    return new TimelineLine(
        at,
        "by " + to.channel(),
        false,
        became + ": " + to.receiver(),
        ReceiverRow.text(delivery.message()),
        delivery.state() == Delivery.State.DEAD ? "Breach" : "",
        Kind.MESSAGES);
  }

  /** A change that somebody else made near the incident. */
  static TimelineLine of(ChangeEvent change) {
    String touched =
        change.components().isEmpty() ? "" : " (" + String.join(", ", change.components()) + ")";
    return new TimelineLine(
        change.at(), change.source(), false, change.summary() + touched, "", "Change", Kind.SYSTEM);
  }

  private static String what(Change change) {
    return switch (change) {
      case Change.Opened opened -> "Opened as " + opened.severity() + ": " + opened.title();
      case Change.AlertsChanged alerts -> alertsChanged(alerts);
      case Change.SeverityChanged severity ->
          "Severity " + severity.from() + " to " + severity.to();
      case Change.Acknowledged acknowledged -> "Acknowledged";
      case Change.Unacknowledged open -> "No longer acknowledged: " + open.reason();
      case Change.Assigned assigned -> "Assigned to " + assigned.assignee();
      case Change.RoleTaken role -> role.person() + " is " + role.role();
      case Change.UpdatePosted update ->
          (update.automatic() ? "Automatic update: " : "Update: ")
              + PublicWords.ENGLISH.phase(update.phase());
      case Change.NoteAdded note -> "Note";
      case Change.TaskChanged task -> (task.done() ? "Done: " : "To do: ") + task.text();
      case Change.LinkAdded link -> "Link: " + link.text();
      case Change.Linked linked -> "Linked " + linked.other() + ", " + linked.relation();
      case Change.StakeholdersInformed informed -> "Stakeholders informed";
      case Change.Escalated escalated ->
          "Escalated to step " + escalated.step() + ": " + escalated.reason();
      case Change.ClockWarned warned -> clock(warned.clock()) + " is near its target";
      case Change.ClocksPaused paused -> "Clocks paused: " + clocks(paused.clocks());
      case Change.ClocksResumed resumed -> "Paused clocks run again";
      case Change.ClockReminded reminded -> clock(reminded.clock()) + " is overdue, reminded";
      case Change.ClockBreached breached -> clock(breached.clock()) + " missed its target";
      case Change.PublicationChanged publication ->
          publication.published() ? "Shown on the status page" : "Taken off the status page";
      case Change.Resolved resolved ->
          resolved.reason().map(reason -> "Resolved: " + reason).orElse("Resolved");
      case Change.Reopened reopened -> "Reopened, time " + reopened.times();
      case Change.MergedInto merged ->
          "Merged into " + merged.other() + merged.reason().map(why -> ": " + why).orElse("");
      case Change.SplitOff split -> "Split off #" + split.number() + ": " + names(split.alerts());
      case Change.SplitFrom split -> "Split off from #" + split.number();
      case Change.RoleProposed proposed -> proposed.person() + " proposed as " + proposed.role();
      case Change.AlertsMasked masked ->
          "Keeps quiet: "
              + masked.children().stream()
                  .map(Masked.Child::summary)
                  .collect(Collectors.joining(", "))
              + (masked.more() ? " and more" : "");
    };
  }

  private static String alertsChanged(Change.AlertsChanged alerts) {
    String joined = alerts.joined().isEmpty() ? "" : "Joined: " + names(alerts.joined());
    String left = alerts.left().isEmpty() ? "" : "Ended: " + names(alerts.left());
    return joined.isEmpty() || left.isEmpty() ? joined + left : joined + ". " + left;
  }

  private static String names(List<Alert> alerts) {
    return alerts.stream().map(Alert::summary).collect(Collectors.joining(", "));
  }

  private static String clock(Clock clock) {
    return "Clock \"" + ClockFace.name(clock).toLowerCase(Locale.ENGLISH) + "\"";
  }

  private static String clocks(List<Clock> clocks) {
    return clocks.stream()
        .map(clock -> ClockFace.name(clock).toLowerCase(Locale.ENGLISH))
        .collect(Collectors.joining(", "));
  }

  private static String said(Change change) {
    if (change instanceof Change.ClocksPaused paused) {
      return paused.reason();
    }
    if (change instanceof Change.UpdatePosted update) {
      return update.text();
    }
    if (change instanceof Change.NoteAdded note) {
      return note.text();
    }
    if (change instanceof Change.SplitOff split) {
      return split.reason();
    }
    return change instanceof Change.StakeholdersInformed informed ? informed.text() : "";
  }

  private static String tag(Change change) {
    if (change instanceof Change.UpdatePosted update) {
      return update.isPublic() ? "Public" : "Internal";
    }
    return change instanceof Change.ClockBreached ? "Breach" : "";
  }
}

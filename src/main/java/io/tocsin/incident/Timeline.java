package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.oncall.Contact;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An incident's events in words for people. */
public final class Timeline {

  private static final int NAMED = 3;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("HH:mm 'UTC on' d MMM", Locale.ENGLISH);

  private Timeline() {}

  /** One line: who did what. */
  public static String describe(IncidentEvent event) {
    String who = event.actor().name();
    return switch (event.change()) {
      case Change.Opened c -> "Opened as " + c.severity() + ": " + c.title() + on(c.components());
      case Change.AlertsChanged c -> alerts(c);
      case Change.SeverityChanged c ->
          who
              + " changed the severity from "
              + c.from()
              + " to "
              + c.to()
              + c.reason().map(reason -> ": " + reason).orElse("");
      case Change.Acknowledged c -> who + " acknowledged";
      case Change.Unacknowledged c -> "No longer acknowledged: " + c.reason();
      case Change.Assigned c -> who + " assigned it to " + c.assignee();
      case Change.RoleTaken c -> c.person() + " is " + c.role();
      case Change.UpdatePosted c ->
          (c.automatic() ? "Posted automatically" : who + " posted")
              + (c.isPublic() ? " to the public (" : " inside (")
              + c.phase().label()
              + "): "
              + c.text();
      case Change.TaskChanged c -> who + (c.done() ? " did: " : " noted a task: ") + c.text();
      case Change.LinkAdded c -> who + " added " + c.text() + ": " + c.href();
      case Change.Linked c -> who + " linked " + c.other() + " (" + c.relation() + ")";
      case Change.NoteAdded c -> who + " noted: " + c.text();
      case Change.StakeholdersInformed c -> who + " informed the stakeholders: " + c.text();
      case Change.Escalated c ->
          "Escalated to step " + c.step() + ": " + c.reason() + called(c.contacts());
      case Change.ClockWarned c -> words(c.clock()) + " is due at " + moment(c.deadline());
      case Change.ClockBreached c ->
          words(c.clock()) + " missed its target of " + moment(c.deadline());
      case Change.ClocksPaused c -> who + " paused " + clocks(c.clocks()) + because(c.reason());
      case Change.ClocksResumed c -> who + " let the paused clocks run again";
      case Change.ClockReminded c ->
          words(c.clock()) + " is overdue since " + moment(c.deadline()) + called(c.contacts());
      case Change.PublicationChanged c ->
          c.published() ? who + " published it" : who + " took it off the status page";
      case Change.Resolved c ->
          c.reason().map(reason -> who + " resolved it: " + reason).orElse("Resolved");
      case Change.Reopened c -> "Came back (" + times(c.times()) + ")" + named(c.alerts());
      case Change.MergedInto c ->
          who + " merged it into " + c.other() + c.reason().map(reason -> ": " + reason).orElse("");
      case Change.SplitOff c ->
          who + " split off #" + c.number() + named(c.alerts()) + because(c.reason());
      case Change.SplitFrom c -> who + " split it off from #" + c.number() + because(c.reason());
      case Change.RoleProposed c -> c.person() + " is proposed as " + c.role();
      case Change.AlertsMasked c -> masked(c);
    };
  }

  /** A moment as people say it: {@code 14:02 UTC on 21 Nov}. */
  private static String moment(Instant at) {
    return MOMENT.format(at.atOffset(ZoneOffset.UTC));
  }

  private static String clocks(List<Clock> clocks) {
    return clocks.stream()
        .map(clock -> words(clock).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** A clock in words: {@code Response}, {@code Public update}. */
  public static String words(Clock clock) {
    return switch (clock) {
      case RESPONSE -> "Response";
      case COMMUNICATION -> "Communication";
      case PUBLIC_UPDATE -> "Public update";
      case RESOLUTION -> "Resolution";
    };
  }

  /**
   * A duration as people say it: {@code 45 s}, {@code 1 min 30 s}, {@code 12 min}, {@code 3 h 5
   * min}, {@code 2 d 4 h}.
   */
  public static String words(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds < 600 ? seconds % 60 : 0, "s");
    }
    return seconds < 86_400
        ? two(seconds / 3600, "h", seconds % 3600 / 60, "min")
        : two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long big, String bigUnit, long small, String smallUnit) {
    String text = big + " " + bigUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }

  private static String times(int times) {
    return times == 1 ? "once" : String.format(Locale.ROOT, "%d times", times);
  }

  private static String alerts(Change.AlertsChanged changed) {
    String joined = changed.joined().isEmpty() ? "" : "Began" + named(changed.joined());
    String left = changed.left().isEmpty() ? "" : "ended" + named(changed.left());
    if (joined.isEmpty()) {
      return left.isEmpty() ? "Alerts are the same" : "E" + left.substring(1);
    }
    return left.isEmpty() ? joined : joined + "; " + left;
  }

  private static String named(List<Alert> alerts) {
    String names =
        alerts.stream().limit(NAMED).map(Alert::summary).collect(Collectors.joining(", "));
    int more = alerts.size() - NAMED;
    return ": " + names + (more > 0 ? " and " + more + " more" : "");
  }

  private static String because(String reason) {
    return reason.isBlank() ? "" : ", because " + reason;
  }

  private static String masked(Change.AlertsMasked change) {
    String names =
        change.children().stream().map(Masked.Child::summary).collect(Collectors.joining(", "));
    return "Explains and keeps quiet: " + names + (change.more() ? " and more" : "");
  }

  private static String called(List<Contact> contacts) {
    String names =
        contacts.stream()
            .map(contact -> contact.person().isEmpty() ? contact.receiver() : contact.person())
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "; called " + names;
  }

  private static String on(List<String> components) {
    return components.isEmpty() ? "" : " (" + String.join(", ", components) + ")";
  }
}

package io.tocsin.postmortem;

import io.tocsin.incident.Incident;
import io.tocsin.notify.Reminder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The reminders of post-mortems and action items that stand at an instant. */
public final class DueReminders {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private DueReminders() {}

  /** Of a post-mortem that is not published; for whoever led the response. */
  public static Optional<Reminder> postmortem(
      Incident incident, Instant dueAt, DuePolicy policy, Instant now) {
    LocalDate due = policy.day(dueAt);
    return policy
        .step(due, now)
        .map(
            step ->
                new Reminder(
                    incident,
                    incident.id() + "-postmortem-" + due,
                    step.number(),
                    owner(incident),
                    "Post-mortem of #%d %s %s%s."
                        .formatted(
                            incident.number(),
                            incident.title(),
                            when(due, step),
                            step == DuePolicy.Step.OVERDUE ? " and is not published" : "")));
  }

  /** Of an open action item with a day; for its owner, else for whoever led the response. */
  public static Optional<Reminder> action(
      ActionItem item, Incident incident, DuePolicy policy, Instant now) {
    return item.dueOn()
        .filter(due -> item.state() == ActionItem.State.OPEN)
        .flatMap(
            due ->
                policy
                    .step(due, now)
                    .map(
                        step ->
                            new Reminder(
                                incident,
                                incident.id() + "-" + item.id() + "-" + due,
                                step.number(),
                                item.owner().or(() -> owner(incident)),
                                "Action item of #%d %s: %s"
                                    .formatted(incident.number(), when(due, step), item.text()))));
  }

  /** Who writes an incident's post-mortem: its commander, else whoever had it. */
  public static Optional<String> owner(Incident incident) {
    return Optional.ofNullable(incident.roles().get("commander"))
        .or(incident::assignee)
        .or(incident::acknowledgedBy);
  }

  private static String when(LocalDate due, DuePolicy.Step step) {
    String day = DAY.format(due);
    return switch (step) {
      case BEFORE -> "is due on " + day;
      case DUE -> "is due today, " + day;
      case OVERDUE -> "was due on " + day;
    };
  }
}

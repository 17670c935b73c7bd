package io.tocsin.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.tocsin.alert.Alert;
import io.tocsin.incident.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a timeline's line says beside who and when. */
final class ChangeDetail {

  private ChangeDetail() {}

  /** The change's name: {@code severity_changed}. */
  static String kind(Change change) {
    return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(
        change.getClass().getSimpleName());
  }

  static Map<String, Object> of(Change change) {
    return switch (change) {
      case Change.Opened it ->
          Map.of(
              "title", it.title(),
              "severity", it.severity().label(),
              "components", it.components(),
              "alerts", names(it.alerts()),
              "published", it.published());
      case Change.AlertsChanged it ->
          Map.of(
              "joined",
              names(it.joined()),
              "left",
              names(it.left()),
              "components",
              it.components());
      case Change.SeverityChanged it -> severity(it);
      case Change.Acknowledged it -> Map.of();
      case Change.Unacknowledged it -> Map.of("reason", it.reason());
      case Change.Assigned it -> Map.of("assignee", it.assignee());
      case Change.RoleTaken it -> Map.of("role", it.role(), "person", it.person());
      case Change.UpdatePosted it ->
          Map.of(
              "phase", it.phase().label(),
              "public", it.isPublic(),
              "automatic", it.automatic(),
              "text", it.text());
      case Change.TaskChanged it -> Map.of("task", it.id(), "text", it.text(), "done", it.done());
      case Change.LinkAdded it ->
          Map.of("link", it.purpose(), "href", it.href(), "text", it.text());
      case Change.Linked it -> Map.of("other", it.other().value(), "relation", it.relation());
      case Change.NoteAdded it -> Map.of("text", it.text());
      case Change.StakeholdersInformed it -> Map.of("text", it.text());
      case Change.Escalated it -> Map.of("step", it.step(), "reason", it.reason());
      case Change.ClockWarned it -> clock(IncidentJson.word(it.clock()), it.deadline());
      case Change.ClocksPaused it ->
          Map.of(
              "clocks",
              it.clocks().stream().map(IncidentJson::word).toList(),
              "reason",
              it.reason());
      case Change.ClocksResumed it -> Map.of();
      case Change.ClockReminded it -> clock(IncidentJson.word(it.clock()), it.deadline());
      case Change.ClockBreached it -> clock(IncidentJson.word(it.clock()), it.deadline());
      case Change.PublicationChanged it -> Map.of("published", it.published());
      case Change.Resolved it ->
          it.reason().<Map<String, Object>>map(why -> Map.of("reason", why)).orElse(Map.of());
      case Change.Reopened it -> Map.of("times", it.times(), "alerts", names(it.alerts()));
      case Change.MergedInto it ->
          it.reason()
              .<Map<String, Object>>map(why -> Map.of("into", it.other().value(), "reason", why))
              .orElse(Map.of("into", it.other().value()));
      case Change.SplitOff it ->
          Map.of(
              "other",
              it.other().value(),
              "number",
              it.number(),
              "alerts",
              names(it.alerts()),
              "reason",
              it.reason());
      case Change.SplitFrom it ->
          Map.of("other", it.other().value(), "number", it.number(), "reason", it.reason());
      case Change.RoleProposed it -> Map.of("role", it.role(), "person", it.person());
      case Change.AlertsMasked it -> Map.of("alerts", it.children(), "more", it.more());
    };
  }

  private static Map<String, Object> severity(Change.SeverityChanged it) {
    return it.reason()
        .<Map<String, Object>>map(
            why -> Map.of("from", it.from().label(), "to", it.to().label(), "reason", why))
        .orElse(Map.of("from", it.from().label(), "to", it.to().label()));
  }

  private static Map<String, Object> clock(String clock, Instant deadline) {
    return Map.of("clock", clock, "deadline", deadline);
  }

  private static List<String> names(List<Alert> alerts) {
    return alerts.stream().map(alert -> alert.labels().toString()).toList();
  }
}

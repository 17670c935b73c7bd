package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.incident.Actor;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.rule.drift.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An incident as our API shows it. */
record IncidentJson(
    String id,
    long number,
    String title,
    String severity,
    String state,
    String phase,
    boolean published,
    List<String> components,
    Map<String, String> group,
    Instant openedAt,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<String> assignee,
    Map<String, String> roles,
    Optional<Instant> resolvedAt,
    int reopened,
    int escalationStep,
    List<ClockJson> clocks,
    List<AlertJson> alerts,
    List<UpdateJson> updates,
    Optional<List<TimelineJson>> timeline,
    Optional<List<FindingJson>> findings) {

  /** One clock. */
  record ClockJson(
      String clock,
      Instant startedAt,
      Instant deadline,
      Optional<Instant> metAt,
      Optional<Instant> breachedAt) {
    static ClockJson of(ClockState state) {
      return new ClockJson(
          word(state.clock()),
          state.startedAt(),
          state.deadline(),
          state.metAt(),
          state.breachedAt());
    }
  }

  /** Words posted. */
  record UpdateJson(
      Instant at,
      String by,
      String phase,
      @JsonProperty("public") boolean isPublic,
      boolean automatic,
      String text) {
    static UpdateJson of(Incident.Update update) {
      return new UpdateJson(
          update.at(),
          update.actor().name(),
          update.phase().label(),
          update.isPublic(),
          update.automatic(),
          update.text());
    }
  }

  /** One line of the timeline. */
  record TimelineJson(
      long seq, Instant at, String by, String byKind, String kind, Map<String, Object> detail) {
    static TimelineJson of(IncidentEvent event) {
      Actor actor = event.actor();
      return new TimelineJson(
          event.seq(),
          event.at(),
          actor.name(),
          word(actor.kind()),
          ChangeDetail.kind(event.change()),
          ChangeDetail.of(event.change()));
    }
  }

  static IncidentJson of(Incident incident) {
    return of(incident, Optional.empty(), Optional.empty());
  }

  static IncidentJson of(
      Incident incident, List<IncidentEvent> events, List<Finding> findings) {
    return of(
        incident,
        Optional.of(events.stream().map(TimelineJson::of).toList()),
        Optional.of(findings.stream().map(FindingJson::of).toList()));
  }

  private static IncidentJson of(
      Incident incident,
      Optional<List<TimelineJson>> timeline,
      Optional<List<FindingJson>> findings) {
    return new IncidentJson(
        incident.id().value(),
        incident.number(),
        incident.title(),
        incident.severity().label(),
        word(incident.state()),
        incident.phase().label(),
        incident.published(),
        incident.components(),
        incident.group().values().toMap(),
        incident.openedAt(),
        incident.acknowledgedAt(),
        incident.acknowledgedBy(),
        incident.assignee(),
        incident.roles(),
        incident.resolvedAt(),
        incident.reopened(),
        incident.escalationStep(),
        incident.clocks().stream().map(ClockJson::of).toList(),
        incident.alerts().stream().map(AlertJson::of).toList(),
        incident.updates().stream().map(UpdateJson::of).toList(),
        timeline,
        findings);
  }

  /** A constant in lower case. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

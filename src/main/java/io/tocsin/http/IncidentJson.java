package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.incident.Actor;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.Masked;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    Map<String, String> proposedRoles,
    List<Masked.Child> masked,
    Optional<Instant> resolvedAt,
    int reopened,
    int escalationStep,
    List<ClockJson> clocks,
    List<AlertJson> alerts,
    List<UpdateJson> updates,
    Optional<List<TimelineJson>> timeline) {

  /** One clock. */
  record ClockJson(
      String clock,
      Instant startedAt,
      Instant deadline,
      Optional<Instant> metAt,
      Optional<Instant> breachedAt,
      Optional<Instant> pausedAt,
      Optional<Long> pausedSeconds) {
    static ClockJson of(ClockState state) {
      return new ClockJson(
          word(state.clock()),
          state.startedAt(),
          state.deadline(),
          state.metAt(),
          state.breachedAt(),
          state.pausedAt(),
          Optional.of(state.paused().toSeconds()).filter(seconds -> seconds > 0));
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

  /** One line of the timeline; a change made by others has no number, as it is no event of ours. */
  record TimelineJson(
      Optional<Long> seq,
      Instant at,
      String by,
      String byKind,
      String kind,
      Map<String, Object> detail) {
    static TimelineJson of(IncidentEvent event) {
      Actor actor = event.actor();
      return new TimelineJson(
          Optional.of(event.seq()),
          event.at(),
          actor.name(),
          word(actor.kind()),
          ChangeDetail.kind(event.change()),
          ChangeDetail.of(event.change()));
    }

    static TimelineJson of(ChangeEvent change) {
      return new TimelineJson(
          Optional.empty(),
          change.at(),
          change.source(),
          word(Actor.Kind.INTEGRATION),
          "change_event",
          Map.of(
              "id", change.id(),
              "summary", change.summary(),
              "components", change.components(),
              "links", change.links()));
    }
  }

  static IncidentJson of(Incident incident) {
    return of(incident, Optional.empty());
  }

  static IncidentJson of(Incident incident, List<IncidentEvent> events, List<ChangeEvent> changes) {
    return of(
        incident,
        Optional.of(
            Stream.concat(
                    changes.stream().map(TimelineJson::of), events.stream().map(TimelineJson::of))
                .sorted(Comparator.comparing(TimelineJson::at))
                .toList()));
  }

  private static IncidentJson of(Incident incident, Optional<List<TimelineJson>> timeline) {
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
        incident.proposed(),
        incident.masked().children(),
        incident.resolvedAt(),
        incident.reopened(),
        incident.escalationStep(),
        incident.clocks().stream().map(ClockJson::of).toList(),
        incident.alerts().stream().map(AlertJson::of).toList(),
        incident.updates().stream().map(UpdateJson::of).toList(),
        timeline);
  }

  /** A constant in lower case. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

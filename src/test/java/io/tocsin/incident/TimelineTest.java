package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static io.tocsin.incident.IncidentExamples.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final IncidentEvent opening =
      IncidentExamples.opening(1, "Database", Severity.CRITICAL, T0);
  private final Incident incident = IncidentExamples.fold(opening);

  private IncidentEvent event(long seq, int second, Change change) {
    return new IncidentEvent(
        incident.id(), seq, T0.plusSeconds(second), Actor.person("Ana"), change);
  }

  private String say(Change change) {
    return Timeline.describe(next(incident, change, T0));
  }

  @Test
  void everyEventReadsAsASentence() {
    assertThat(Timeline.describe(opening))
        .isEqualTo("Opened as CRITICAL: Database is bad (Database)");
    assertThat(say(new Change.Acknowledged())).isEqualTo("Ana acknowledged");
    assertThat(say(new Change.SeverityChanged(Severity.HIGH, Severity.LOW)))
        .isEqualTo("Ana changed the severity from HIGH to LOW");
    assertThat(say(new Change.UpdatePosted(Phase.MONITORING, true, false, "Better.")))
        .isEqualTo("Ana posted to the public (monitoring): Better.");
    assertThat(say(new Change.UpdatePosted(Phase.INVESTIGATING, true, true, "We look.")))
        .isEqualTo("Posted automatically to the public (investigating): We look.");
    assertThat(say(new Change.AlertsChanged(List.of(firing("Slow", T0)), List.of(), List.of())))
        .isEqualTo("Began: Slow is bad");
    assertThat(say(new Change.AlertsChanged(List.of(), List.of(firing("Slow", T0)), List.of())))
        .isEqualTo("Ended: Slow is bad");
    assertThat(say(new Change.Reopened(2, List.of(firing("Slow", T0)))))
        .isEqualTo("Came back (2 times): Slow is bad");
    assertThat(say(new Change.Resolved(Optional.empty()))).isEqualTo("Resolved");
    var due = java.time.Instant.parse("2026-11-26T07:57:35.188826589Z");
    assertThat(say(new Change.ClockWarned(Clock.RESPONSE, due)))
        .isEqualTo("Response is due at 07:57 UTC on 26 Nov");
    assertThat(say(new Change.ClockBreached(Clock.PUBLIC_UPDATE, due)))
        .isEqualTo("Public update missed its target of 07:57 UTC on 26 Nov");
  }

  @Test
  void durationsAreToldInTheirTwoLargestUnits() {
    assertThat(Timeline.words(Duration.ofSeconds(45))).isEqualTo("45 s");
    assertThat(Timeline.words(Duration.ofMinutes(12).plusSeconds(30))).isEqualTo("12 min");
    assertThat(Timeline.words(Duration.ofMinutes(185))).isEqualTo("3 h 5 min");
    assertThat(Timeline.words(Duration.ofHours(52))).isEqualTo("2 d 4 h");
    assertThat(Timeline.words(Duration.ofHours(4))).isEqualTo("4 h");
  }

  @Test
  void responseTimesAreReadFromTheEvents() {
    var times =
        ResponseTimes.of(
            List.of(
                opening,
                event(2, 1, new Change.UpdatePosted(Phase.INVESTIGATING, true, true, "auto")),
                event(3, 60, new Change.Acknowledged()),
                event(4, 90, new Change.UpdatePosted(Phase.IDENTIFIED, true, false, "found")),
                event(5, 300, new Change.Resolved(Optional.empty())),
                event(6, 360, new Change.Reopened(1, List.of())),
                event(7, 420, new Change.Acknowledged()),
                event(8, 600, new Change.Resolved(Optional.empty()))));
    assertThat(times)
        .isEqualTo(
            new ResponseTimes(
                Optional.of(Duration.ofSeconds(60)),
                Optional.of(Duration.ofSeconds(90)),
                Optional.of(Duration.ofSeconds(600))));
    var open = ResponseTimes.of(List.of(opening, event(2, 180, new Change.Acknowledged())));
    assertThat(ResponseTimes.mean(List.of(times, open), ResponseTimes::toAcknowledge))
        .contains(Duration.ofSeconds(120));
    assertThat(ResponseTimes.mean(List.of(open), ResponseTimes::toResolve)).isEmpty();
  }

  @Test
  void aTimelineWithAGapIsNoIncident() {
    assertThatThrownBy(() -> IncidentExamples.fold(opening, event(3, 1, new Change.Acknowledged())))
        .hasMessageContaining("found event 3 after 1, expected no gap");
    assertThatThrownBy(() -> IncidentExamples.fold(event(1, 1, new Change.Acknowledged())))
        .hasMessageContaining("expected Opened first");
  }
}

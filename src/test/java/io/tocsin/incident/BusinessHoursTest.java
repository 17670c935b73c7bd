package io.tocsin.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.oncall.WeekWindow;
import io.tocsin.oncall.WorkingHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessHoursTest {

  private static final Instant FRIDAY = Instant.parse("2026-03-06T16:00:00Z");

  private static SeverityPolicy policy() {
    List<WeekWindow> office =
        Arrays.stream(DayOfWeek.values())
            .limit(5)
            .map(day -> WeekWindow.day(day, LocalTime.of(9, 0), LocalTime.of(17, 0)))
            .toList();
    return new SeverityPolicy(
        SeverityPolicy.OWNERS.targets(),
        0.75,
        Optional.of(
            new BusinessHours(
                Set.of(Clock.RESPONSE),
                Set.of(Severity.MEDIUM),
                new WorkingHours(ZoneId.of("UTC"), office))));
  }

  @Test
  void aClockWithWorkingHoursStandsStillOverTheWeekend() {
    var work = new ClockWork(policy());
    Incident incident =
        new IncidentFold(policy())
            .fold(List.of(IncidentExamples.opening(1, "Web app", Severity.MEDIUM, FRIDAY)));
    assertThat(incident.clock(Clock.RESPONSE).orElseThrow().deadline())
        .as("4 hours: one on Friday, three on Monday")
        .isEqualTo(Instant.parse("2026-03-09T12:00:00Z"));
    assertThat(incident.clock(Clock.RESOLUTION).orElseThrow().deadline())
        .as("around the clock")
        .isEqualTo(Instant.parse("2026-03-07T16:00:00Z"));
    assertThat(work.due(incident, Instant.parse("2026-03-07T09:00:00Z")))
        .as("75 % of its time has passed by the wall clock only")
        .noneMatch(change -> change instanceof Change.ClockWarned w && w.clock() == Clock.RESPONSE);
    assertThat(work.due(incident, Instant.parse("2026-03-09T11:00:00Z")))
        .anyMatch(change -> change instanceof Change.ClockWarned w && w.clock() == Clock.RESPONSE);
  }

  @Test
  void otherSeveritiesRunAroundTheClock() {
    Incident incident =
        new IncidentFold(policy())
            .fold(List.of(IncidentExamples.opening(1, "Web app", Severity.HIGH, FRIDAY)));
    assertThat(incident.clock(Clock.RESPONSE).orElseThrow().deadline())
        .isEqualTo(FRIDAY.plusSeconds(3600));
  }

  @Test
  void runningClocksAreASeries() {
    Incident incident = IncidentExamples.open(1, "Web app", Severity.CRITICAL, FRIDAY);
    var samples = ClockSeries.at(FRIDAY.plusSeconds(1000), List.of(incident));
    assertThat(samples.size()).isEqualTo(4);
    assertThat(samples.labels(0).get("__name__")).isEqualTo("incident_clock_remaining_seconds");
    assertThat(samples.labels(0).get("clock")).isEqualTo("response");
    assertThat(samples.labels(0).get("severity")).isEqualTo("critical");
    assertThat(samples.value(0)).as("100 seconds after the target").isEqualTo(-100.0);
  }
}

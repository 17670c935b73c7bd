package io.tocsin.oncall;

import static io.tocsin.oncall.Rotas.BERLIN;
import static io.tocsin.oncall.Rotas.businessHours;
import static io.tocsin.oncall.Rotas.layer;
import static io.tocsin.oncall.Rotas.override;
import static io.tocsin.oncall.Rotas.rotation;
import static io.tocsin.oncall.Rotas.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Duration WEEK = Duration.ofDays(7);

  private final Schedule weekly =
      schedule(
          "l1", layer("week", rotation(BERLIN, "2026-03-02T09:00", WEEK, "ana", "ben", "cem")));

  private static List<String> lines(List<Shift> shifts) {
    return shifts.stream()
        .map(shift -> shift.start() + " " + shift.end() + " " + shift.person().orElse("nobody"))
        .toList();
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void aWeeklyRotationHandsOverAtTheSameHourInSummerAndInWinter() {
    assertThat(
            lines(weekly.shifts(List.of(), at("2026-03-23T00:00:00Z"), at("2026-04-07T00:00:00Z"))))
        .containsExactly(
            "2026-03-23T00:00:00Z 2026-03-23T08:00:00Z cem",
            "2026-03-23T08:00:00Z 2026-03-30T07:00:00Z ana",
            "2026-03-30T07:00:00Z 2026-04-06T07:00:00Z ben",
            "2026-04-06T07:00:00Z 2026-04-07T00:00:00Z cem");
  }

  @Test
  void theShiftOverTheChangeToWinterTimeIsAnHourLonger() {
    List<Shift> shifts =
        weekly.shifts(List.of(), at("2026-10-19T07:00:00Z"), at("2026-10-26T08:00:00Z"));
    assertThat(shifts).hasSize(1);
    assertThat(Duration.between(shifts.getFirst().start(), shifts.getFirst().end()))
        .isEqualTo(Duration.ofHours(7 * 24 + 1));
  }

  @Test
  void theLeapDayIsAShiftLikeAnyOther() {
    var daily =
        rotation(ZoneId.of("Europe/Berlin"), "2028-02-27T09:00", Duration.ofDays(1), "ana", "ben");
    assertThat(
            lines(
                schedule("daily", layer("days", daily))
                    .shifts(List.of(), at("2028-02-28T08:00:00Z"), at("2028-03-02T08:00:00Z"))))
        .containsExactly(
            "2028-02-28T08:00:00Z 2028-02-29T08:00:00Z ben",
            "2028-02-29T08:00:00Z 2028-03-01T08:00:00Z ana",
            "2028-03-01T08:00:00Z 2028-03-02T08:00:00Z ben");
  }

  @Test
  void lordHoweChangesItsClocksByHalfAnHour() {
    ZoneId zone = ZoneId.of("Australia/Lord_Howe");
    var hourly = rotation(zone, "2026-10-04T00:00", Duration.ofHours(1), "ana", "ben");
    // On 4 October 02:00 becomes 02:30: the shift from 02:00 to 03:00 lasts half an hour.
    Schedule schedule = schedule("lh", layer("hours", hourly));
    assertThat(
            lines(
                schedule.shifts(List.of(), at("2026-10-03T14:30:00Z"), at("2026-10-03T17:00:00Z"))))
        .containsExactly(
            "2026-10-03T14:30:00Z 2026-10-03T15:30:00Z ben",
            "2026-10-03T15:30:00Z 2026-10-03T16:00:00Z ana",
            "2026-10-03T16:00:00Z 2026-10-03T17:00:00Z ben");
  }

  @Test
  void aRotationTakesTurnsBeforeItsStartToo() {
    assertThat(weekly.at(List.of(), at("2026-03-01T12:00:00Z"))).contains("cem");
  }

  @Test
  void aLaterLayerGoesOverAnEarlierOneWithinItsRestrictions() {
    Schedule schedule =
        schedule(
            "support",
            layer("always", rotation(BERLIN, "2026-03-02T00:00", WEEK, "ana")),
            layer("office", rotation(BERLIN, "2026-03-02T00:00", WEEK, "ben"), businessHours()));
    assertThat(
            lines(
                schedule.shifts(List.of(), at("2026-03-06T00:00:00Z"), at("2026-03-09T12:00:00Z"))))
        .containsExactly(
            "2026-03-06T00:00:00Z 2026-03-06T08:00:00Z ana",
            "2026-03-06T08:00:00Z 2026-03-06T16:00:00Z ben",
            "2026-03-06T16:00:00Z 2026-03-09T08:00:00Z ana",
            "2026-03-09T08:00:00Z 2026-03-09T12:00:00Z ben");
  }

  @Test
  void outsideEveryRestrictionThereIsAGapAndTheScheduleSaysWhen() {
    Schedule office =
        schedule(
            "office",
            layer("days", rotation(BERLIN, "2026-03-02T00:00", WEEK, "ana"), businessHours()));
    assertThat(office.at(List.of(), at("2026-03-07T10:00:00Z"))).isEmpty();
    assertThat(office.gap()).isPresent();
    assertThat(weekly.gap()).isEmpty();
  }

  @Test
  void nightsThatMeetOfficeHoursLeaveNoGap() {
    var nights =
        layer(
            "nights",
            rotation(BERLIN, "2026-03-02T00:00", WEEK, "ben"),
            new WeekWindow(
                java.time.DayOfWeek.MONDAY,
                java.time.LocalTime.of(17, 0),
                java.time.DayOfWeek.MONDAY,
                java.time.LocalTime.of(9, 0)));
    var mondays =
        layer(
            "mondays",
            rotation(BERLIN, "2026-03-02T00:00", WEEK, "ana"),
            WeekWindow.day(
                java.time.DayOfWeek.MONDAY,
                java.time.LocalTime.of(9, 0),
                java.time.LocalTime.of(17, 0)));
    assertThat(schedule("both", nights, mondays).gap()).isEmpty();
  }

  @Test
  void anOverrideStandsOverEveryLayerAndTheLaterOneWins() {
    var first = override("o1", "l1", "2026-03-03T00:00:00Z", "2026-03-05T00:00:00Z", "dora");
    var later =
        new ShiftOverride(
            "o2",
            "l1",
            at("2026-03-04T00:00:00Z"),
            at("2026-03-06T00:00:00Z"),
            "emil",
            Optional.empty(),
            "Ana",
            "",
            at("2026-02-01T00:00:00Z"));
    assertThat(
            lines(
                weekly.shifts(
                    List.of(later, first), at("2026-03-02T12:00:00Z"), at("2026-03-07T00:00:00Z"))))
        .containsExactly(
            "2026-03-02T12:00:00Z 2026-03-03T00:00:00Z ana",
            "2026-03-03T00:00:00Z 2026-03-04T00:00:00Z dora",
            "2026-03-04T00:00:00Z 2026-03-06T00:00:00Z emil",
            "2026-03-06T00:00:00Z 2026-03-07T00:00:00Z ana");
    assertThat(
            weekly.at(
                List.of(
                    override("o3", "l2", "2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z", "dora")),
                at("2026-03-03T00:00:00Z")))
        .as("an override of another schedule")
        .contains("ana");
  }

  @Test
  void aSwapReplacesOnlyWhomItNames() {
    var swap =
        new ShiftOverride(
            "s1",
            "l1",
            at("2026-03-08T00:00:00Z"),
            at("2026-03-10T00:00:00Z"),
            "cem",
            Optional.of("ana"),
            "Ana",
            "",
            at("2026-02-01T00:00:00Z"));
    assertThat(
            lines(
                weekly.shifts(
                    List.of(swap), at("2026-03-07T00:00:00Z"), at("2026-03-11T00:00:00Z"))))
        .containsExactly(
            "2026-03-07T00:00:00Z 2026-03-08T00:00:00Z ana",
            "2026-03-08T00:00:00Z 2026-03-09T08:00:00Z cem",
            "2026-03-09T08:00:00Z 2026-03-11T00:00:00Z ben");
  }

  @Test
  void anIntervalIsBounded() {
    assertThatThrownBy(
            () -> weekly.shifts(List.of(), at("2026-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")))
        .hasMessageContaining("at most");
  }
}

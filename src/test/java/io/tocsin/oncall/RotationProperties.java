package io.tocsin.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RotationProperties {

  /** Weeks in which the clocks of these places change, and some in which they do not. */
  private static final List<String> WEEKS =
      List.of(
          "2026-03-27T00:00:00Z",
          "2026-10-23T00:00:00Z",
          "2026-03-06T00:00:00Z",
          "2026-10-30T00:00:00Z",
          "2026-04-03T00:00:00Z",
          "2026-10-02T00:00:00Z",
          "2028-02-27T00:00:00Z",
          "2026-07-01T00:00:00Z");

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
        .map(ZoneId::of);
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.of(WEEKS), Arbitraries.longs().between(0, 4L * 24 * 3600))
        .as((week, seconds) -> Instant.parse(week).plusSeconds(seconds));
  }

  @Provide
  Arbitrary<Rotation> rotations() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(0, 60 * 24 * 30),
            Arbitraries.of(60, 61, 90, 8 * 60, 12 * 60, 24 * 60, 7 * 24 * 60, 14 * 24 * 60),
            zones())
        .as(
            (people, minutes, length, zone) -> {
              var names = new ArrayList<String>();
              for (int i = 0; i < people; i++) {
                names.add("p" + i);
              }
              return new Rotation(
                  names,
                  LocalDateTime.of(2026, 3, 20, 2, 30).plusMinutes(minutes),
                  Duration.ofMinutes(length),
                  zone);
            });
  }

  @Provide
  Arbitrary<WeekWindow> windows() {
    Arbitrary<LocalTime> times =
        Arbitraries.integers().between(0, 24 * 60 - 1).map(m -> LocalTime.MIN.plusMinutes(m));
    return Combinators.combine(
            Arbitraries.of(DayOfWeek.class), times, Arbitraries.of(DayOfWeek.class), times)
        .as(WeekWindow::new);
  }

  @Property(tries = 400)
  void theTurnUnderWayBeganAndTheNextDidNot(
      @ForAll("rotations") Rotation rotation, @ForAll("instants") Instant at) {
    long turn = rotation.turn(at);
    assertThat(rotation.handOff(turn)).isBeforeOrEqualTo(at);
    assertThat(rotation.handOff(turn + 1)).isAfter(at);
  }

  @Property(tries = 200)
  void aRotationCoversEveryInstantOnceWithTheNextPersonEachTime(
      @ForAll("rotations") Rotation rotation, @ForAll("instants") Instant from) {
    var layer = new Layer("l", rotation, List.of(), Optional.empty(), Optional.empty());
    var schedule = new Schedule("s", rotation.zone(), List.of(layer), false);
    Instant to = from.plus(Duration.ofDays(3));
    List<Shift> shifts = schedule.shifts(List.of(), from, to);
    assertCovers(shifts, from, to);
    assertThat(shifts).noneMatch(Shift::gap);
    for (Shift shift : shifts) {
      assertThat(rotation.at(shift.start())).isEqualTo(shift.person().orElseThrow());
      assertThat(rotation.at(shift.end().minusMillis(1))).isEqualTo(shift.person().orElseThrow());
    }
  }

  @Property(tries = 200)
  void atEveryInstantSomebodyIsOnCallOrThereIsAGap(
      @ForAll("rotations") Rotation below,
      @ForAll("rotations") Rotation above,
      @ForAll("windows") WeekWindow first,
      @ForAll("windows") WeekWindow second,
      @ForAll("instants") Instant from,
      @ForAll("instants") Instant at) {
    var schedule =
        new Schedule(
            "s",
            below.zone(),
            List.of(
                new Layer("below", below, List.of(first), Optional.empty(), Optional.empty()),
                new Layer("above", above, List.of(second), Optional.empty(), Optional.empty())),
            true);
    Instant start = from.isBefore(at) ? from : at;
    Instant end = start.plus(Duration.ofDays(8));
    List<Shift> shifts = schedule.shifts(List.of(), start, end);
    assertCovers(shifts, start, end);
    for (Shift shift : shifts) {
      assertThat(schedule.at(List.of(), shift.start())).isEqualTo(shift.person());
      assertThat(schedule.at(List.of(), shift.end().minusMillis(1))).isEqualTo(shift.person());
    }
  }

  private static void assertCovers(List<Shift> shifts, Instant from, Instant to) {
    assertThat(shifts.getFirst().start()).isEqualTo(from);
    assertThat(shifts.getLast().end()).isEqualTo(to);
    for (int i = 0; i < shifts.size(); i++) {
      assertThat(shifts.get(i).start()).isBefore(shifts.get(i).end());
      if (i > 0) {
        assertThat(shifts.get(i).start()).isEqualTo(shifts.get(i - 1).end());
      }
    }
  }
}

package io.tocsin.oncall;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ready-made schedules for tests. */
final class Rotas {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private Rotas() {}

  static Rotation rotation(ZoneId zone, String start, Duration length, String... people) {
    return new Rotation(List.of(people), LocalDateTime.parse(start), length, zone);
  }

  static Layer layer(String name, Rotation rotation, WeekWindow... restrictions) {
    return new Layer(name, rotation, List.of(restrictions), Optional.empty(), Optional.empty());
  }

  static Schedule schedule(String name, Layer... layers) {
    return new Schedule(name, layers[0].rotation().zone(), List.of(layers), true);
  }

  static WeekWindow[] businessHours() {
    Set<DayOfWeek> weekend = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> !weekend.contains(day))
        .map(day -> WeekWindow.day(day, LocalTime.of(9, 0), LocalTime.of(17, 0)))
        .toArray(WeekWindow[]::new);
  }

  static ShiftOverride override(String id, String schedule, String from, String to, String who) {
    return new ShiftOverride(
        id,
        schedule,
        Instant.parse(from),
        Instant.parse(to),
        who,
        Optional.empty(),
        "Ana",
        "",
        Instant.parse("2026-01-01T00:00:00Z"));
  }
}

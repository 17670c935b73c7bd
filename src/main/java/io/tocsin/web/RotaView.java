package io.tocsin.web;

import io.tocsin.http.CalendarRoutes;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.Target;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One schedule over the stretch that is shown.
 *
 * @param shifts at most 200
 * @param now who has it
 * @param feed its calendar to subscribe to
 */
public record RotaView(
    String name,
    ZoneId zone,
    Optional<String> now,
    List<Week> weeks,
    List<Shift> shifts,
    List<ShiftOverride> overrides,
    Optional<CalendarRoutes.Feed> feed) {

  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /** An instant on the schedule's wall clock. */
  public String at(Instant instant) {
    return AT.format(instant.atZone(zone));
  }

  /** Why somebody has a shift. */
  public String source(Shift shift) {
    return RotaSvg.source(shift, overrides);
  }

  /** How many times nobody has it. */
  public long gaps() {
    return shifts.stream().filter(Shift::gap).count();
  }

  /** A drawn week: SVG for a desk, and for a phone. */
  public record Week(String wide, String narrow) {}

  /** The name of its wall clock. */
  public String clock() {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.toString();
  }

  /** A shift of the one who looks, on the schedule's wall clock. */
  public record Mine(String schedule, String times) {}

  /** A shift as the one who has it reads it. */
  Mine mine(Shift shift) {
    return new Mine(name, at(shift.start()) + " to " + at(shift.end()) + " " + clock());
  }

  /** Whom a step tells, in words. */
  public static String targets(List<Target> targets) {
    return targets.stream()
        .map(
            target ->
                switch (target) {
                  case Target.OfPerson it -> it.name();
                  case Target.OfSchedule it -> "whoever is on call on " + it.name();
                  case Target.OfRole it -> "role " + it.name();
                  case Target.OfReceiver it -> "receiver " + it.name();
                })
        .collect(Collectors.joining(", "));
  }
}

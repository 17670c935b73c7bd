package io.tocsin.http;

import io.tocsin.oncall.Layer;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Schedules, shifts and overrides as JSON. */
final class OnCallJson {

  /** How far the end of a shift and the next one are looked for. */
  private static final Duration AHEAD = Duration.ofDays(60);

  private OnCallJson() {}

  record Now(
      String schedule,
      String timeZone,
      Optional<String> person,
      Optional<String> email,
      boolean gap,
      Optional<Instant> until,
      Optional<String> next) {}

  record Schedules(List<Plan> schedules) {}

  record Plan(String name, String timeZone, boolean gapsAllowed, List<Turns> layers) {}

  record Turns(String name, List<String> people, Duration shift, boolean restricted) {}

  record Final(
      String schedule,
      String timeZone,
      Instant from,
      Instant to,
      List<Stretch> shifts,
      List<Stretch> gaps,
      List<Cover> overrides) {}

  record Stretch(
      Instant start,
      Instant end,
      Optional<String> person,
      Optional<String> layer,
      Optional<String> override) {
    static Stretch of(Shift shift) {
      return switch (shift.source()) {
        case Shift.Source.OfLayer it ->
            new Stretch(
                shift.start(), shift.end(), shift.person(), Optional.of(it.layer()), none());
        case Shift.Source.OfOverride it ->
            new Stretch(shift.start(), shift.end(), shift.person(), none(), Optional.of(it.id()));
        case Shift.Source.Gap gap ->
            new Stretch(shift.start(), shift.end(), shift.person(), none(), none());
      };
    }

    private static Optional<String> none() {
      return Optional.empty();
    }
  }

  record Cover(
      String id,
      String schedule,
      Instant start,
      Instant end,
      String person,
      Optional<String> replaces,
      String author,
      String reason) {}

  static Now now(Roster roster, Schedule schedule, Instant at) {
    List<Shift> shifts = schedule.shifts(roster.overrides(), at, at.plus(AHEAD));
    Shift current = shifts.getFirst();
    Optional<Shift> next = shifts.size() > 1 ? Optional.of(shifts.get(1)) : Optional.empty();
    return new Now(
        schedule.name(),
        schedule.zone().getId(),
        current.person(),
        current
            .person()
            .flatMap(name -> Optional.ofNullable(roster.people().get(name)).flatMap(Person::email)),
        current.gap(),
        next.map(Shift::start),
        next.flatMap(Shift::person));
  }

  static Schedules schedules(Roster roster) {
    return new Schedules(roster.schedules().values().stream().map(OnCallJson::plan).toList());
  }

  private static Plan plan(Schedule schedule) {
    return new Plan(
        schedule.name(),
        schedule.zone().getId(),
        schedule.gapsAllowed(),
        schedule.layers().stream().map(OnCallJson::turns).toList());
  }

  private static Turns turns(Layer layer) {
    return new Turns(
        layer.name(),
        layer.rotation().people(),
        layer.rotation().length(),
        !layer.restrictions().isEmpty());
  }

  static Final schedule(
      Schedule schedule,
      Instant from,
      Instant to,
      List<Shift> shifts,
      List<ShiftOverride> overrides) {
    return new Final(
        schedule.name(),
        schedule.zone().getId(),
        from,
        to,
        shifts.stream().map(Stretch::of).toList(),
        shifts.stream().filter(Shift::gap).map(Stretch::of).toList(),
        overrides.stream().map(OnCallJson::override).toList());
  }

  static Cover override(ShiftOverride it) {
    return new Cover(
        it.id(),
        it.schedule(),
        it.start(),
        it.end(),
        it.person(),
        it.replaces(),
        it.author(),
        it.reason());
  }
}

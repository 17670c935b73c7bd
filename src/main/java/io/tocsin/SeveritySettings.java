package io.tocsin;

import io.tocsin.alert.Severity;
import io.tocsin.incident.BusinessHours;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockTargets;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.oncall.WeekWindow;
import io.tocsin.oncall.WorkingHours;
import io.tocsin.settings.Section;
import io.tocsin.settings.WrittenTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code severities:}: what it leaves out stays as in the owner's table. */
final class SeveritySettings {

  private SeveritySettings() {}

  /** The owner's table with the configured cells put over it. */
  static SeverityPolicy read(Section top) {
    Section severities = top.part("severities");
    double warnAt = severities.number("warn_at", SeverityPolicy.OWNERS.warnAt());
    Map<Severity, ClockTargets> targets = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      ClockTargets usual = SeverityPolicy.OWNERS.of(severity);
      targets.put(
          severity, severities.section(severity.label()).map(row -> row(row, usual)).orElse(usual));
    }
    Optional<BusinessHours> hours =
        severities.section("business_hours").map(SeveritySettings::hours);
    Set<Clock> pausable = words(severities, "pause", Clock.class, List.of());
    Optional<Duration> remind = cell(severities, "remind_every", SeverityPolicy.REMIND_EVERY);
    severities.done();
    try {
      return new SeverityPolicy(targets, warnAt, hours, pausable, remind);
    } catch (IllegalArgumentException e) {
      throw severities.problem("warn_at", "a share above 0 and at most 1");
    }
  }

  /** {@code business_hours: {clocks, severities, time_zone, hours: [{days, from, to}]}}. */
  private static BusinessHours hours(Section section) {
    Set<Clock> clocks = words(section, "clocks", Clock.class, List.of(Clock.values()));
    Set<Severity> severities =
        words(section, "severities", Severity.class, List.of(Severity.MEDIUM, Severity.LOW));
    var windows = new ArrayList<WeekWindow>();
    section.sections("hours").forEach(each -> windows.addAll(WrittenTimes.windows(each)));
    if (windows.isEmpty()) {
      throw section.problem("hours", "at least one stretch of the week");
    }
    var hours = new WorkingHours(WrittenTimes.zone(section, "time_zone"), windows);
    section.done();
    return new BusinessHours(clocks, severities, hours);
  }

  private static <E extends Enum<E>> Set<E> words(
      Section section, String key, Class<E> type, List<E> usual) {
    if (!section.has(key)) {
      return Set.copyOf(usual);
    }
    Set<E> found = EnumSet.noneOf(type);
    for (String word : section.strings(key)) {
      try {
        found.add(Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException wrong) {
        String known =
            Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw section.problem(key, "\"" + word + "\"", "one of " + known);
      }
    }
    return found;
  }

  private static ClockTargets row(Section row, ClockTargets usual) {
    var targets =
        new ClockTargets(
            cell(row, "response", usual.response()),
            cell(row, "communication", usual.communication()),
            row.choice("told", ClockTargets.Audience.class, usual.told()),
            cell(row, "public_update", usual.publicUpdate()),
            cell(row, "public_update_every", usual.publicUpdateEvery()),
            cell(row, "resolution", usual.resolution()),
            row.choice("postmortem", ClockTargets.PostMortemDuty.class, usual.postMortem()));
    row.done();
    return targets;
  }

  /** {@code none} empties a cell: no such clock. */
  private static Optional<Duration> cell(Section row, String key, Optional<Duration> usual) {
    if (row.optional(key).filter("none"::equals).isPresent()) {
      return Optional.empty();
    }
    return row.optionalDuration(key).or(() -> usual);
  }
}

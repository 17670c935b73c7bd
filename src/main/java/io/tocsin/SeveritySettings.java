package io.tocsin;

import io.tocsin.alert.Severity;
import io.tocsin.incident.ClockTargets;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.settings.Section;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code severities:}: what it leaves out stays as in the owner's table. */
final class SeveritySettings {

  private SeveritySettings() {}

  /** The owner's table with the configured cells put over it. */
  static SeverityPolicy read(Section top) {
    Section severities = top.section("severities").orElse(Section.empty());
    double warnAt = severities.number("warn_at", SeverityPolicy.OWNERS.warnAt());
    Map<Severity, ClockTargets> targets = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      ClockTargets usual = SeverityPolicy.OWNERS.of(severity);
      targets.put(
          severity, severities.section(severity.label()).map(row -> row(row, usual)).orElse(usual));
    }
    severities.done();
    try {
      return new SeverityPolicy(targets, warnAt);
    } catch (IllegalArgumentException e) {
      throw severities.problem("warn_at", "a share above 0 and at most 1");
    }
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

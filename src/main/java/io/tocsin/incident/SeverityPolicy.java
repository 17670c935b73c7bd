package io.tocsin.incident;

import static io.tocsin.incident.ClockTargets.Audience.AFFECTED_USERS;
import static io.tocsin.incident.ClockTargets.Audience.STAKEHOLDERS;
import static io.tocsin.incident.ClockTargets.PostMortemDuty.AS_NEEDED;
import static io.tocsin.incident.ClockTargets.PostMortemDuty.NOT_REQUIRED;
import static io.tocsin.incident.ClockTargets.PostMortemDuty.RECOMMENDED;
import static io.tocsin.incident.ClockTargets.PostMortemDuty.REQUIRED;

import io.tocsin.alert.Severity;
import io.tocsin.incident.ClockTargets.Audience;
import io.tocsin.incident.ClockTargets.PostMortemDuty;
import io.tocsin.oncall.WorkingHours;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What each severity owes.
 *
 * @param targets one row for every severity
 * @param warnAt share of a target, 0 to 1, after which its clock warns
 * @param businessHours clocks that do not run around the clock, if any
 * @param pausable clocks that a person may make stand still; none unless configured
 * @param remindEvery how often an overdue public update is reminded of; empty for never
 */
public record SeverityPolicy(
    Map<Severity, ClockTargets> targets,
    double warnAt,
    Optional<BusinessHours> businessHours,
    Set<Clock> pausable,
    Optional<Duration> remindEvery) {

  /** As long as the owner gives for a first update. */
  public static final Optional<Duration> REMIND_EVERY = Optional.of(Duration.ofMinutes(15));

  /** The owner's table: response, communication to whom, public update, renewed, resolution. */
  public static final SeverityPolicy OWNERS =
      new SeverityPolicy(
          Map.of(
              Severity.CRITICAL, row("15m", "1h", STAKEHOLDERS, "15m", "30m", "4h", REQUIRED),
              Severity.HIGH, row("1h", "2h", AFFECTED_USERS, "2h", "", "8h", RECOMMENDED),
              Severity.MEDIUM, row("4h", "", AFFECTED_USERS, "", "", "24h", AS_NEEDED),
              Severity.LOW, row("24h", "", AFFECTED_USERS, "", "", "168h", NOT_REQUIRED)),
          0.75);

  /**
   * @throws IllegalArgumentException when a severity has no row or {@code warnAt} is outside (0, 1]
   */
  public SeverityPolicy {
    targets = Map.copyOf(targets);
    pausable = Set.copyOf(pausable);
    for (Severity severity : Severity.values()) {
      if (!targets.containsKey(severity)) {
        throw new IllegalArgumentException("severities: found no row for " + severity);
      }
    }
    if (!(warnAt > 0 && warnAt <= 1)) {
      throw new IllegalArgumentException("warn_at: found " + warnAt + ", expected 0 to 1");
    }
  }

  /** No clock pauses. */
  public SeverityPolicy(
      Map<Severity, ClockTargets> targets, double warnAt, Optional<BusinessHours> businessHours) {
    this(targets, warnAt, businessHours, Set.of(), REMIND_EVERY);
  }

  /** All clocks run around the clock. */
  public SeverityPolicy(Map<Severity, ClockTargets> targets, double warnAt) {
    this(targets, warnAt, Optional.empty());
  }

  /** When a clock that starts now is to be met. */
  Instant deadline(Severity severity, Clock clock, Instant start, Duration target) {
    return hours(severity, clock)
        .map(hours -> hours.plus(start, target))
        .orElseGet(() -> start.plus(target));
  }

  /** When a clock warns. */
  Instant warning(Severity severity, ClockState state) {
    Duration whole =
        between(severity, state.clock(), state.startedAt(), state.deadline()).minus(state.paused());
    Duration share = Duration.ofMillis(Math.round(whole.toMillis() * warnAt));
    return deadline(severity, state.clock(), state.startedAt(), share.plus(state.paused()));
  }

  /** How long a clock runs between two instants. */
  Duration between(Severity severity, Clock clock, Instant from, Instant to) {
    return hours(severity, clock)
        .map(hours -> hours.between(from, to))
        .orElseGet(() -> Duration.between(from, to));
  }

  private Optional<WorkingHours> hours(Severity severity, Clock clock) {
    return businessHours.filter(it -> it.govern(severity, clock)).map(BusinessHours::hours);
  }

  /** The row of a severity. */
  public ClockTargets of(Severity severity) {
    return Objects.requireNonNull(targets.get(severity));
  }

  private static ClockTargets row(
      String response,
      String communication,
      Audience told,
      String publicUpdate,
      String publicUpdateEvery,
      String resolution,
      PostMortemDuty postMortem) {
    return new ClockTargets(
        cell(response),
        cell(communication),
        told,
        cell(publicUpdate),
        cell(publicUpdateEvery),
        cell(resolution),
        postMortem);
  }

  private static Optional<Duration> cell(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Duration.parse("PT" + text));
  }
}

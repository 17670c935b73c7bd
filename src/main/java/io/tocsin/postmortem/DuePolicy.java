package io.tocsin.postmortem;

import io.tocsin.incident.ClockTargets.PostMortemDuty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Until when a post-mortem is to be published, and when people are reminded of what is due.
 *
 * @param required from the incident's end, where one is required
 * @param recommended the same, where one is recommended
 * @param before how long before the due day's reminder the first one comes
 * @param at the hour of reminders
 * @param zone of that hour, and of due days
 */
public record DuePolicy(
    Duration required, Duration recommended, Duration before, LocalTime at, ZoneId zone) {

  /** Five and ten days; a reminder at nine on the day before, on the day, and on the day after. */
  public static final DuePolicy DEFAULT =
      new DuePolicy(
          Duration.ofDays(5),
          Duration.ofDays(10),
          Duration.ofDays(1),
          LocalTime.of(9, 0),
          ZoneOffset.UTC);

  /** What was missed for longer, as by a service that stood still, is not reminded of any more. */
  public static final Duration LATEST = Duration.ofDays(7);

  /** How far what is due has come. */
  public enum Step {
    BEFORE(1),
    DUE(2),
    OVERDUE(3);

    private final int number;

    Step(int number) {
      this.number = number;
    }

    /** Its number in the outbox; never another. */
    int number() {
      return number;
    }
  }

  /** How long after an incident's end its post-mortem is due; empty where none is owed. */
  public Optional<Duration> within(PostMortemDuty duty) {
    return switch (duty) {
      case REQUIRED -> Optional.of(required);
      case RECOMMENDED -> Optional.of(recommended);
      case AS_NEEDED, NOT_REQUIRED -> Optional.empty();
    };
  }

  /** The day of an instant. */
  public LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  /** The reminder that stands at an instant for what is due on a day; earlier ones are past. */
  public Optional<Step> step(LocalDate due, Instant now) {
    Instant onTheDay = at(due);
    Instant after = at(due.plusDays(1));
    if (now.isBefore(onTheDay.minus(before)) || !now.isBefore(after.plus(LATEST))) {
      return Optional.empty();
    }
    if (now.isBefore(onTheDay)) {
      return Optional.of(Step.BEFORE);
    }
    return Optional.of(now.isBefore(after) ? Step.DUE : Step.OVERDUE);
  }

  private Instant at(LocalDate day) {
    return day.atTime(at).atZone(zone).toInstant();
  }
}

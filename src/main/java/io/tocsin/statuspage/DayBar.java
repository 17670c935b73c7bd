package io.tocsin.statuspage;

import io.tocsin.slo.StateSeconds;
import java.time.LocalDate;

/**
 * One day of one component as a bar.
 *
 * @param date the day (UTC)
 * @param state its colour: the worst state of the day
 * @param seconds how the day was spent
 */
public record DayBar(LocalDate date, ComponentState state, StateSeconds seconds) {

  private static final double MAJOR_FROM_SECONDS = 3600;

  static DayBar of(LocalDate date, StateSeconds seconds) {
    return new DayBar(date, worst(seconds), seconds);
  }

  /** In English: {@code 12 Nov: 14 min partial outage}. */
  public String words() {
    return PublicWords.ENGLISH.day(this);
  }

  /**
   * The day's worst state. A day down for less than an hour in all was a partial outage, beyond
   * that a major one.
   */
  static ComponentState worst(StateSeconds day) {
    if (day.down() > 0) {
      return day.down() < MAJOR_FROM_SECONDS
          ? ComponentState.PARTIAL_OUTAGE
          : ComponentState.MAJOR_OUTAGE;
    }
    if (day.degraded() > 0) {
      return ComponentState.DEGRADED_PERFORMANCE;
    }
    if (day.up() > 0) {
      return ComponentState.OPERATIONAL;
    }
    return day.maintenance() > 0 ? ComponentState.UNDER_MAINTENANCE : ComponentState.UNKNOWN;
  }
}

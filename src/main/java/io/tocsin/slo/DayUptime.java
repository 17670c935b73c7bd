package io.tocsin.slo;

import java.time.LocalDate;
import java.util.Collection;

/**
 * One day of one check or component.
 *
 * @param day in UTC
 */
public record DayUptime(UptimeSubject subject, LocalDate day, StateSeconds seconds) {

  /** All days together: a month's availability is that of its sum. */
  public static StateSeconds sum(Collection<DayUptime> days) {
    return days.stream().map(DayUptime::seconds).reduce(StateSeconds.NONE, StateSeconds::plus);
  }
}

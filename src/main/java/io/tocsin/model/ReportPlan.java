package io.tocsin.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * When a model's daily report is made.
 *
 * @param enabled whether it is made by itself; on demand it always is
 * @param time of the day after the one reported on
 * @param zone whose days are reported on
 * @param email addresses that get it by mail, when it was made by itself
 */
public record ReportPlan(boolean enabled, LocalTime time, ZoneId zone, List<String> email) {

  /** Made at 00:05 UTC, mailed to nobody. */
  public static final ReportPlan DEFAULT =
      new ReportPlan(true, LocalTime.of(0, 5), ZoneId.of("UTC"), List.of());

  public ReportPlan {
    email = List.copyOf(email);
  }

  /**
   * When the report of a day is made. A time that a change of clocks leaves out is as much later as
   * the clocks went forward; of one that comes twice it is the first.
   */
  public Instant due(LocalDate day) {
    return day.plusDays(1).atTime(time).atZone(zone).toInstant();
  }

  /** The newest day whose report is due. */
  public LocalDate lastDue(Instant now) {
    LocalDate day = now.atZone(zone).toLocalDate().minusDays(1);
    return due(day).isAfter(now) ? day.minusDays(1) : day;
  }
}

package io.tocsin.oncall;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.function.BiConsumer;

/**
 * A stretch of every week by the wall clock, as in Friday 18:00 to Monday 08:00. Where both ends
 * are the same it is the whole week.
 */
public record WeekWindow(DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, LocalTime to) {

  private static final int DAYS = 7;

  /** Hours of one day; where {@code to} is not after {@code from} they end on the next day. */
  public static WeekWindow day(DayOfWeek day, LocalTime from, LocalTime to) {
    return new WeekWindow(day, from, to.isAfter(from) ? day : day.plus(1), to);
  }

  /** Tells of every occurrence that touches {@code [begin, end)}. */
  void within(ZoneId zone, Instant begin, Instant end, BiConsumer<Instant, Instant> each) {
    var clock = new WallClock(zone);
    LocalDate day = clock.reading(begin).toLocalDate().minusDays(DAYS);
    LocalDateTime opens = day.with(TemporalAdjusters.nextOrSame(fromDay)).atTime(from);
    while (clock.instant(opens).isBefore(end)) {
      Instant closes = clock.instant(closing(opens));
      if (closes.isAfter(begin)) {
        each.accept(clock.instant(opens), closes);
      }
      opens = opens.plusDays(DAYS);
    }
  }

  private LocalDateTime closing(LocalDateTime opens) {
    LocalDateTime closes = opens.toLocalDate().with(TemporalAdjusters.nextOrSame(toDay)).atTime(to);
    return closes.isAfter(opens) ? closes : closes.plusDays(DAYS);
  }
}

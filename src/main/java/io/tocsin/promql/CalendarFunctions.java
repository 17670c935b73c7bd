package io.tocsin.promql;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;

/** Parts of a date in UTC; the argument is seconds since the epoch. */
final class CalendarFunctions {

  private static final long FIRST = LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC);
  private static final long LAST = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC);

  private CalendarFunctions() {}

  /** A part of the date; NaN has none. */
  static double part(double seconds, ToIntFunction<LocalDateTime> part) {
    if (Double.isNaN(seconds)) {
      return Double.NaN;
    }
    long bounded = Math.clamp((long) seconds, FIRST, LAST);
    return part.applyAsInt(LocalDateTime.ofEpochSecond(bounded, 0, ZoneOffset.UTC));
  }

  /** 0 for Sunday. */
  static int dayOfWeek(LocalDateTime date) {
    return date.getDayOfWeek().getValue() % 7;
  }

  static int daysInMonth(LocalDateTime date) {
    return date.toLocalDate().lengthOfMonth();
  }
}

package io.tocsin.promql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** Parts of a date in UTC; the argument is seconds since the epoch. */
final class CalendarFunctions {

  private CalendarFunctions() {}

  private static LocalDateTime date(double seconds) {
    long whole = (long) seconds;
    long bounded = Math.clamp(whole, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    return LocalDateTime.ofEpochSecond(bounded, 0, ZoneOffset.UTC);
  }

  static double dayOfMonth(double seconds) {
    return date(seconds).getDayOfMonth();
  }

  /** 0 for Sunday. */
  static double dayOfWeek(double seconds) {
    return date(seconds).get(ChronoField.DAY_OF_WEEK) % 7;
  }

  static double dayOfYear(double seconds) {
    return date(seconds).getDayOfYear();
  }

  static double daysInMonth(double seconds) {
    return date(seconds).toLocalDate().lengthOfMonth();
  }

  static double hour(double seconds) {
    return date(seconds).getHour();
  }

  static double minute(double seconds) {
    return date(seconds).getMinute();
  }

  static double month(double seconds) {
    return date(seconds).getMonthValue();
  }

  static double year(double seconds) {
    return date(seconds).getYear();
  }
}

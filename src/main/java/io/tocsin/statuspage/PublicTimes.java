package io.tocsin.statuspage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants and days in one language; always UTC, and the words say so. */
public final class PublicTimes {

  private final DateTimeFormatter minute;
  private final DateTimeFormatter second;
  private final DateTimeFormatter date;
  private final DateTimeFormatter dayMinute;
  private final DateTimeFormatter full;
  private final DateTimeFormatter month;

  PublicTimes(Language language) {
    // A German day is an ordinal number: "26. Nov.".
    String day = language == Language.DE ? "d. MMM" : "d MMM";
    minute = formatter(language, "HH:mm 'UTC'");
    second = formatter(language, "HH:mm:ss 'UTC'");
    date = formatter(language, day);
    dayMinute = formatter(language, day + ", HH:mm 'UTC'");
    full = formatter(language, day + " yyyy, HH:mm:ss 'UTC'");
    month = formatter(language, "LLLL yyyy");
  }

  private static DateTimeFormatter formatter(Language language, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, language.locale()).withZone(ZoneOffset.UTC);
  }

  /** {@code 14:05:12 UTC}. */
  public String second(Instant at) {
    return second.format(at);
  }

  /** {@code 12 Nov}. */
  public String date(LocalDate day) {
    return date.format(day);
  }

  /** {@code 12 Nov, 14:05 UTC}. */
  public String dayMinute(Instant at) {
    return dayMinute.format(at);
  }

  /** {@code 12 Nov 2026, 14:05:12 UTC}. */
  public String full(Instant at) {
    return full.format(at);
  }

  /** {@code November 2026}. */
  public String month(YearMonth of) {
    return month.format(of);
  }

  /** The time of day as of an instant near another: with the day when it is not the same. */
  public String near(Instant at, Instant now) {
    return PageSnapshot.dateOf(at).equals(PageSnapshot.dateOf(now))
        ? minute.format(at)
        : dayMinute.format(at);
  }
}

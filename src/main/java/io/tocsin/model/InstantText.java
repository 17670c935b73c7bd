package io.tocsin.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/**
 * Times as ISO 8601 with a zone. The form of nearly all of them, {@code 2026-11-21T10:00:00.123Z},
 * is read digit by digit: a formatter takes longer than the rest of a row.
 */
final class InstantText {

  private static final long DAY = 86_400_000;

  private InstantText() {}

  /** Milliseconds since the epoch; empty for what is no such time. */
  static OptionalLong millis(String text) {
    long quick = quick(text);
    if (quick != Long.MIN_VALUE) {
      return OptionalLong.of(quick);
    }
    try {
      return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static long quick(String text) {
    int length = text.length();
    if (length < 20
        || length > 30
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(length - 1) != 'Z') {
      return Long.MIN_VALUE;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int fraction = fraction(text, length - 1);
    if (year < 1
        || month < 1
        || month > 12
        || day < 1
        || day > 28
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || fraction < 0) {
      return Long.MIN_VALUE;
    }
    return LocalDate.of(year, month, day).toEpochDay() * DAY
        + hour * 3_600_000L
        + minute * 60_000L
        + second * 1000L
        + fraction;
  }

  /** Milliseconds of {@code .123456}; -1 when it is none. */
  private static int fraction(String text, int end) {
    if (end == 19) {
      return 0;
    }
    if (text.charAt(19) != '.' || end < 21) {
      return -1;
    }
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      int digit = 20 + i < end ? text.charAt(20 + i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      millis = 10 * millis + digit;
    }
    return digits(text, 20, end) < 0 && end < 29 ? -1 : millis;
  }

  /** The number that stands there; -1 when it is none. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}

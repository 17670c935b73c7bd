package io.tocsin.web;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants in words; always UTC, and the words say so. */
public final class Times {

  private static final DateTimeFormatter MINUTE = formatter("HH:mm 'UTC'");
  private static final DateTimeFormatter SECOND = formatter("HH:mm:ss 'UTC'");
  private static final DateTimeFormatter DAY = formatter("d MMM yyyy");
  private static final DateTimeFormatter DAY_MINUTE = formatter("d MMM, HH:mm 'UTC'");
  private static final DateTimeFormatter FULL = formatter("d MMM yyyy, HH:mm:ss 'UTC'");

  private Times() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** {@code 14:05 UTC}. */
  public static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /** {@code 14:05:12 UTC}. */
  public static String second(Instant at) {
    return SECOND.format(at);
  }

  /** {@code 12 Nov 2026}. */
  public static String day(Instant at) {
    return DAY.format(at);
  }

  /** {@code 12 Nov, 14:05 UTC}. */
  public static String dayMinute(Instant at) {
    return DAY_MINUTE.format(at);
  }

  /** {@code 12 Nov 2026, 14:05:12 UTC}. */
  public static String full(Instant at) {
    return FULL.format(at);
  }

  /** The time of day as of an instant near another: with the day when it is not the same. */
  public static String near(Instant at, Instant now) {
    return day(at).equals(day(now)) ? minute(at) : dayMinute(at);
  }

  /** {@code 4 min ago}, {@code in 20 s}. */
  public static String ago(Instant at, Instant now) {
    Duration since = Duration.between(at, now);
    if (since.isNegative()) {
      return "in " + span(since.negated());
    }
    return span(since) + " ago";
  }

  /** {@code 12 s}, {@code 4 min}, {@code 3 h 5 min}, {@code 2 d 4 h}; the sign is dropped. */
  public static String span(Duration length) {
    long seconds = length.abs().toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    if (seconds < 86_400) {
      return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    String head = large + " " + largeUnit;
    return small == 0 ? head : head + " " + small + " " + smallUnit;
  }

  /** Milliseconds for a table: {@code 0.8}, {@code 12}, {@code 1,240}. */
  public static String millis(double millis) {
    return millis < 10
        ? String.format(Locale.ENGLISH, "%.1f", millis)
        : String.format(Locale.ENGLISH, "%,.0f", millis);
  }

  /** A measured value with at most four significant digits. */
  public static String figure(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    var rounded = new BigDecimal(value).round(new MathContext(4));
    return rounded.stripTrailingZeros().toPlainString();
  }
}

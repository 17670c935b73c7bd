package io.tocsin.postmortem;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, durations and numbers as a reader wants them; all times are UTC and say so once. */
final class Words {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter BOTH =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code 21 November 2026}. */
  static String day(Instant at) {
    return DAY.format(at);
  }

  /** {@code 14:02:10}. */
  static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** {@code 14:02}. */
  static String minute(Instant at) {
    return SHORT.format(at);
  }

  /** {@code 2026-11-21 14:02:10}. */
  static String dayAndClock(Instant at) {
    return BOTH.format(at);
  }

  /** {@code 0.4 s}, {@code 40 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 1 d 4 h}. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 10_000) {
      return number(millis / 1000.0) + " s";
    }
    long seconds = Math.round(millis / 1000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 86_400
        ? two(seconds / 3600, "h", seconds % 3600 / 60, "min")
        : two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long big, String bigUnit, long small, String smallUnit) {
    return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** Four significant digits without an exponent; thousands and more with k, M, G, T. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String suffix = "";
    double scaled = value;
    for (String next : new String[] {"k", "M", "G", "T"}) {
      if (Math.abs(scaled) < 10_000) {
        break;
      }
      scaled /= 1000;
      suffix = " " + next;
    }
    var rounded = new BigDecimal(scaled).round(new MathContext(4)).stripTrailingZeros();
    return (rounded.signum() == 0 ? "0" : rounded.toPlainString()) + suffix;
  }

  /** {@code 12.5 %} of a ratio. */
  static String percent(double ratio) {
    return number(ratio * 100) + " %";
  }
}

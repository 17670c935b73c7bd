package io.tocsin.template;

import java.time.Instant;

/**
 * Numbers for people, with four significant digits, as Prometheus has them.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers">
 *     Template reference, numbers</a>
 */
public final class Humanize {
  private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
  private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
  private static final String[] BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};

  private Humanize() {}

  /** With a metric prefix: {@code 1.234k}, {@code 12m}. */
  public static String number(double value) {
    if (isSpecial(value) || value == 0) {
      return GoFormat.fourDigits(value);
    }
    return Math.abs(value) >= 1 ? scaled(value, 1000, LARGE) : shrunk(value);
  }

  /** With a binary prefix: {@code 1.5Gi}. */
  public static String binary(double value) {
    return isSpecial(value) || Math.abs(value) <= 1
        ? GoFormat.fourDigits(value)
        : scaled(value, 1024, BINARY);
  }

  /** A ratio from 0 to 1 as per cent: {@code 12.5%}. */
  public static String percentage(double ratio) {
    return GoFormat.fourDigits(ratio * 100) + "%";
  }

  /** Seconds as days to seconds: {@code 1d 2h 3m 4s}, {@code 12.5s}, {@code 3ms}. */
  public static String duration(double seconds) {
    if (isSpecial(seconds)) {
      return GoFormat.fourDigits(seconds);
    }
    if (seconds == 0 || Math.abs(seconds) < 1) {
      return (seconds == 0 ? "0" : shrunk(seconds)) + "s";
    }
    String sign = seconds < 0 ? "-" : "";
    double magnitude = Math.abs(seconds);
    long whole = (long) magnitude;
    long days = whole / 86_400;
    long hours = whole / 3_600 % 24;
    long minutes = whole / 60 % 60;
    if (days > 0) {
      return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, whole % 60);
    }
    if (hours > 0) {
      return "%s%dh %dm %ds".formatted(sign, hours, minutes, whole % 60);
    }
    if (minutes > 0) {
      return "%s%dm %ds".formatted(sign, minutes, whole % 60);
    }
    return sign + GoFormat.fourDigits(magnitude) + "s";
  }

  /** Seconds since the epoch as a date in UTC. */
  public static String timestamp(double seconds) {
    return isSpecial(seconds) ? GoFormat.fourDigits(seconds) : GoFormat.print(time(seconds));
  }

  /** The instant that many seconds after the epoch, to the millisecond. */
  static Instant time(double seconds) {
    if (isSpecial(seconds)) {
      throw new IllegalArgumentException("value is NaN or Inf");
    }
    double nanos = seconds * 1e9;
    if (Math.abs(nanos) > Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          GoFormat.print(seconds)
              + " cannot be represented as a nanoseconds timestamp since it overflows int64");
    }
    return Instant.ofEpochMilli((long) nanos / 1_000_000);
  }

  private static boolean isSpecial(double value) {
    return Double.isNaN(value) || Double.isInfinite(value);
  }

  private static String scaled(double value, double base, String[] prefixes) {
    String prefix = "";
    double rest = value;
    for (String next : prefixes) {
      if (Math.abs(rest) < base) {
        break;
      }
      prefix = next;
      rest /= base;
    }
    return GoFormat.fourDigits(rest) + prefix;
  }

  private static String shrunk(double value) {
    String prefix = "";
    double rest = value;
    for (String next : SMALL) {
      if (Math.abs(rest) >= 1) {
        break;
      }
      prefix = next;
      rest *= 1000;
    }
    return GoFormat.fourDigits(rest) + prefix;
  }
}

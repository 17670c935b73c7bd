package io.tocsin.template;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * Methods of times and durations, the only values of the language that have any.
 *
 * @see <a href="https://pkg.go.dev/time#Time">time.Time</a>
 * @see <a href="https://pkg.go.dev/time#Duration">time.Duration</a>
 */
final class Methods {

  private Methods() {}

  /** Whether a method without arguments may be written as a field. */
  static boolean has(Object value) {
    return value instanceof Instant || value instanceof ZonedDateTime || value instanceof Duration;
  }

  /**
   * The result of a method.
   *
   * @throws IllegalArgumentException when there is none, or it takes other arguments
   */
  static Object call(Object receiver, String name, List<?> arguments) {
    return switch (receiver) {
      case Instant time -> ofMoment(time, date(time), name, arguments);
      case ZonedDateTime date -> ofMoment(date.toInstant(), date, name, arguments);
      case Duration duration -> ofDuration(duration, name, arguments);
      case LabelPairs pairs
          when name.equals("Remove") && one(name, arguments) instanceof List<?> l ->
          pairs.without(l);
      default -> throw none(receiver, name);
    };
  }

  /** A time as a date, in UTC unless it has a zone. */
  static ZonedDateTime date(Object value) {
    return value instanceof ZonedDateTime date ? date : instant(value).atZone(ZoneOffset.UTC);
  }

  /** How long ago a time was. */
  static Duration between(Object from, Instant to) {
    return Duration.between(instant(from), to);
  }

  private static Object ofMoment(Instant time, ZonedDateTime date, String name, List<?> arguments) {
    return switch (name) {
      case "Format" -> GoTime.format(date, Values.text(one(name, arguments)));
      case "Add" -> add(time, duration(one(name, arguments)));
      case "Sub" -> Duration.between(instant(one(name, arguments)), time);
      case "After" -> time.isAfter(instant(one(name, arguments)));
      case "Before" -> time.isBefore(instant(one(name, arguments)));
      case "Equal" -> time.equals(instant(one(name, arguments)));
      default -> ofTime(time, date, name, arguments);
    };
  }

  private static Object ofTime(Instant time, ZonedDateTime date, String name, List<?> arguments) {
    none(name, arguments);
    return switch (name) {
      case "Unix" -> time.getEpochSecond();
      case "UnixMilli" -> time.toEpochMilli();
      case "UnixMicro" -> time.toEpochMilli() * 1_000 + time.getNano() / 1_000 % 1_000;
      case "UnixNano" ->
          Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
      case "Year" -> (long) date.getYear();
      case "Month" -> date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Day" -> (long) date.getDayOfMonth();
      case "Weekday" -> date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "YearDay" -> (long) date.getDayOfYear();
      case "Hour" -> (long) date.getHour();
      case "Minute" -> (long) date.getMinute();
      case "Second" -> (long) date.getSecond();
      case "Nanosecond" -> (long) date.getNano();
      case "IsZero" -> false;
      case "UTC", "Local" -> time;
      case "String" -> GoFormat.print(date);
      default -> throw none(time, name);
    };
  }

  private static Object ofDuration(Duration duration, String name, List<?> arguments) {
    none(name, arguments);
    double seconds = duration.getSeconds() + duration.getNano() / 1e9;
    return switch (name) {
      case "Seconds" -> seconds;
      case "Minutes" -> seconds / 60;
      case "Hours" -> seconds / 3_600;
      case "Milliseconds" -> duration.toMillis();
      case "Microseconds" -> duration.toNanos() / 1_000;
      case "Nanoseconds" -> duration.toNanos();
      case "Abs" -> duration.abs();
      case "String" -> GoFormat.print(duration);
      default -> throw none(duration, name);
    };
  }

  private static Instant add(Instant time, Duration duration) {
    try {
      return time.plus(duration);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("the time is out of range", e);
    }
  }

  private static Object one(String name, List<?> arguments) {
    if (arguments.size() != 1) {
      throw new IllegalArgumentException(
          "wrong number of args for " + name + ": want 1 got " + arguments.size());
    }
    return arguments.getFirst();
  }

  private static void none(String name, List<?> arguments) {
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "wrong number of args for " + name + ": want 0 got " + arguments.size());
    }
  }

  private static Duration duration(Object value) {
    if (value instanceof Duration duration) {
      return duration;
    }
    throw new IllegalArgumentException("expected a duration, found " + GoFormat.type(value));
  }

  private static Instant instant(Object value) {
    if (value instanceof Instant time) {
      return time;
    }
    if (value instanceof ZonedDateTime date) {
      return date.toInstant();
    }
    throw new IllegalArgumentException("expected a time, found " + GoFormat.type(value));
  }

  private static IllegalArgumentException none(Object receiver, String name) {
    return new IllegalArgumentException(
        "can't evaluate field " + name + " in type " + GoFormat.type(receiver));
  }
}

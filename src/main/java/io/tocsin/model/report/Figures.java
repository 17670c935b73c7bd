package io.tocsin.model.report;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as people read them. */
final class Figures {

  /** In the place of a figure that nobody knows. */
  static final String UNKNOWN = "not known";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);

  private Figures() {}

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  /** {@code 12,345}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 97.3 %} of a ratio. */
  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
  }

  static String percent(OptionalDouble ratio) {
    return ratio.isPresent() ? percent(ratio.getAsDouble()) : UNKNOWN;
  }

  /** Small shares with one more digit, so that what matters in data quality is not rounded away. */
  static String share(OptionalDouble ratio) {
    return ratio.isPresent()
        ? String.format(Locale.ROOT, "%.2f %%", 100 * ratio.getAsDouble())
        : UNKNOWN;
  }

  /** {@code +0.12 points} of a difference of ratios. */
  static String points(double difference) {
    return signed(100 * difference, 2) + " points";
  }

  static String decimal(double value, int digits) {
    return unsignedZero(String.format(Locale.ROOT, "%." + digits + "f", value));
  }

  static String signed(double value, int digits) {
    String text = String.format(Locale.ROOT, "%+." + digits + "f", value);
    return text.matches("[+-]0(\\.0+)?") ? text.substring(1) : text;
  }

  private static String unsignedZero(String text) {
    return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
  }

  /** Four significant digits. */
  static String significant(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : UNKNOWN;
  }

  /** {@code < 0.001}, {@code 0.042}. */
  static String p(double value) {
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** {@code 3 h 12 min}: the two largest units. */
  static String time(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toSeconds() + " s";
  }
}

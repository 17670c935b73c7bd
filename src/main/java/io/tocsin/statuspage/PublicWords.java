package io.tocsin.statuspage;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Phase;
import io.tocsin.slo.StateSeconds;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every word the page says by itself: made from components, severity and phase only, so that no
 * label and no annotation can leak.
 */
public final class PublicWords {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private PublicWords() {}

  /** A component's state in a word or two. */
  public static String state(ComponentState state) {
    return switch (state) {
      case OPERATIONAL -> "Operational";
      case UNDER_MAINTENANCE -> "Under maintenance";
      case DEGRADED_PERFORMANCE -> "Degraded performance";
      case PARTIAL_OUTAGE -> "Partial outage";
      case MAJOR_OUTAGE -> "Major outage";
      case UNKNOWN -> "Not known";
    };
  }

  /** A phase as the public reads it. */
  public static String phase(Phase phase) {
    return switch (phase) {
      case INVESTIGATING -> "Investigating";
      case IDENTIFIED -> "Identified";
      case MONITORING -> "Monitoring";
      case RESOLVED -> "Resolved";
    };
  }

  /** A severity in customers' words. */
  public static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "Major outage";
      case HIGH -> "Partial outage";
      case MEDIUM -> "Degraded performance";
      case LOW -> "Minor problem";
    };
  }

  /** An incident's title: {@code Payment API: partial outage}. */
  public static String title(Severity severity, List<String> components) {
    return components.isEmpty()
        ? severity(severity)
        : list(components) + ": " + severity(severity).toLowerCase(Locale.ENGLISH);
  }

  /** What an automatic update says. */
  static String update(Phase phase, Severity severity, List<String> components) {
    String what = components.isEmpty() ? "our service" : list(components);
    return switch (phase) {
      case INVESTIGATING -> trouble(severity, what) + " We are investigating.";
      case IDENTIFIED -> "We have found the cause and are working on a fix.";
      case MONITORING -> "A fix is in place. We are watching whether it holds.";
      case RESOLVED -> "The problem with " + what + " is over.";
    };
  }

  private static String trouble(Severity severity, String what) {
    return switch (severity) {
      case CRITICAL -> "There is a major outage of " + what + ".";
      case HIGH -> "There is a partial outage of " + what + ".";
      case MEDIUM -> "The performance of " + what + " is degraded.";
      case LOW -> "There is a minor problem with " + what + ".";
    };
  }

  /** A day in words: {@code 12 Nov: 14 min partial outage, 5 min degraded}. */
  static String day(LocalDate date, StateSeconds day) {
    List<String> parts = new ArrayList<>();
    if (day.down() > 0) {
      String word = state(DayBar.worst(day)).toLowerCase(Locale.ENGLISH);
      parts.add(duration(day.down()) + " " + word);
    }
    if (day.degraded() > 0) {
      parts.add(duration(day.degraded()) + " degraded");
    }
    if (day.maintenance() > 0) {
      parts.add(duration(day.maintenance()) + " maintenance");
    }
    if (parts.isEmpty()) {
      parts.add(day.up() > 0 ? "no trouble" : "no data");
    }
    return date(date) + ": " + String.join(", ", parts);
  }

  /** A day as {@code 12 Nov}. */
  public static String date(LocalDate date) {
    return DAY.format(date);
  }

  /** Seconds in words: {@code under 1 min}, {@code 14 min}, {@code 2 h 5 min}. */
  public static String duration(double seconds) {
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 1) {
      return "under 1 min";
    }
    if (minutes < 60) {
      return minutes + " min";
    }
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** Names in a row: {@code A}, {@code A and B}, {@code A, B and C}. */
  static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}

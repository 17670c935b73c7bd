package io.tocsin.silence;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * A recurring part of time, as in {@code time_intervals} of Alertmanager: an instant lies in it
 * when every field that names something holds; a field without entries holds always.
 *
 * @param times parts of a day in minutes since midnight, the end excluded
 * @param weekdays 0 is Sunday, 6 Saturday
 * @param daysOfMonth 1 to 31, or -1 (the last day) to -31
 * @param months 1 to 12
 * @param years calendar years
 * @param location in whose clock and calendar all this is meant
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#time_interval">time
 *     interval</a>
 */
public record TimeInterval(
    List<Span> times,
    List<Span> weekdays,
    List<Span> daysOfMonth,
    List<Span> months,
    List<Span> years,
    ZoneId location) {

  /** From the first to the last, both included. */
  public record Span(int first, int last) {
    boolean holds(int number) {
      return first <= number && number <= last;
    }
  }

  public TimeInterval {
    times = List.copyOf(times);
    weekdays = List.copyOf(weekdays);
    daysOfMonth = List.copyOf(daysOfMonth);
    months = List.copyOf(months);
    years = List.copyOf(years);
  }

  /** Whether an instant lies in it. */
  public boolean contains(Instant instant) {
    ZonedDateTime at = instant.atZone(location);
    int minute = at.getHour() * 60 + at.getMinute();
    return (times.isEmpty() || times.stream().anyMatch(s -> s.first <= minute && minute < s.last))
        && any(weekdays, at.getDayOfWeek().getValue() % 7)
        && inDays(at)
        && any(months, at.getMonthValue())
        && any(years, at.getYear());
  }

  private static boolean any(List<Span> spans, int number) {
    return spans.isEmpty() || spans.stream().anyMatch(span -> span.holds(number));
  }

  /** Negative days count from the end of the month; what reaches past a month stops at its end. */
  private boolean inDays(ZonedDateTime at) {
    if (daysOfMonth.isEmpty()) {
      return true;
    }
    int length = YearMonth.from(at).lengthOfMonth();
    for (Span span : daysOfMonth) {
      int first = span.first < 0 ? length + span.first + 1 : span.first;
      int last = span.last < 0 ? length + span.last + 1 : span.last;
      if (first <= length && at.getDayOfMonth() >= first && at.getDayOfMonth() <= last) {
        return true;
      }
    }
    return false;
  }
}

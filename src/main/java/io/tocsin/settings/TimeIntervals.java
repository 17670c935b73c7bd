package io.tocsin.settings;

import io.tocsin.silence.NamedIntervals;
import io.tocsin.silence.TimeInterval;
import io.tocsin.silence.TimeInterval.Span;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads {@code time_intervals:} in Alertmanager's shape, and its elder {@code
 * mute_time_intervals:}.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#time_interval">time
 *     interval</a>
 */
public final class TimeIntervals {

  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)|24:00");

  private TimeIntervals() {}

  /** The intervals of both keys by name. */
  public static Map<String, NamedIntervals> read(Section top) {
    var named = new LinkedHashMap<String, NamedIntervals>();
    for (String key : List.of("time_intervals", "mute_time_intervals")) {
      for (Section section : top.sections(key)) {
        String name = section.string("name");
        var intervals = new ArrayList<TimeInterval>();
        section.sections("time_intervals").forEach(one -> intervals.add(interval(one)));
        section.done();
        if (named.put(name, new NamedIntervals(name, intervals)) != null) {
          throw section.problem("name", "a name that no other time interval has");
        }
      }
    }
    return named;
  }

  private static TimeInterval interval(Section section) {
    var interval =
        new TimeInterval(
            times(section),
            spans(section, "weekdays", "sunday to saturday", TimeIntervals::weekday),
            days(section),
            spans(section, "months", "january to december, or 1 to 12", TimeIntervals::month),
            spans(section, "years", "a year", TimeIntervals::year),
            zone(section));
    section.done();
    return interval;
  }

  private static List<Span> times(Section section) {
    var spans = new ArrayList<Span>();
    for (Section time : section.sections("times")) {
      int start = clock(time, "start_time");
      int end = clock(time, "end_time");
      if (start >= end) {
        throw time.problem("end_time", "a time after start_time; split what goes over midnight");
      }
      time.done();
      spans.add(new Span(start, end));
    }
    return spans;
  }

  /** Minutes since midnight; a plain {@code 09:00} is text in YAML 1.2. */
  private static int clock(Section section, String key) {
    String text = section.string(key);
    if (!CLOCK.matcher(text).matches()) {
      throw section.problem(key, "a time from 00:00 to 24:00");
    }
    return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
  }

  private static List<Span> spans(
      Section section, String key, String expected, Function<String, Optional<Integer>> number) {
    var spans = new ArrayList<Span>();
    for (String text : section.strings(key)) {
      String[] ends = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
      Optional<Integer> first = number.apply(ends[0]);
      Optional<Integer> last = number.apply(ends[ends.length - 1]);
      if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
        throw section.problem(key, "\"" + text + "\"", expected + ", or two with a colon between");
      }
      if (first.get() > last.get()) {
        throw section.problem(
            key, "\"" + text + "\"", "a range that does not end before it begins");
      }
      spans.add(new Span(first.get(), last.get()));
    }
    return spans;
  }

  private static List<Span> days(Section section) {
    var spans = new ArrayList<Span>();
    for (String text : section.strings("days_of_month")) {
      String[] ends = text.strip().split(":", -1);
      Optional<Integer> first = day(ends[0]);
      Optional<Integer> last = day(ends[ends.length - 1]);
      if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
        throw section.problem(
            "days_of_month",
            "\"" + text + "\"",
            "1 to 31 or -31 to -1, or two with a colon between");
      }
      boolean sameEnd = first.get() > 0 == last.get() > 0;
      if (first.get() < 0 && last.get() > 0 || sameEnd && first.get() > last.get()) {
        throw section.problem(
            "days_of_month", "\"" + text + "\"", "a range that does not end before it begins");
      }
      spans.add(new Span(first.get(), last.get()));
    }
    return spans;
  }

  private static Optional<Integer> day(String text) {
    return number(text).filter(day -> day != 0 && day >= -31 && day <= 31);
  }

  private static Optional<Integer> weekday(String text) {
    return Optional.of(WEEKDAYS.indexOf(text)).filter(index -> index >= 0);
  }

  private static Optional<Integer> month(String text) {
    return Optional.of(MONTHS.indexOf(text) + 1)
        .filter(index -> index > 0)
        .or(() -> number(text).filter(month -> month >= 1 && month <= 12));
  }

  private static Optional<Integer> year(String text) {
    return number(text).filter(year -> year >= 0);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("-?\\d{1,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static ZoneId zone(Section section) {
    Optional<String> name = section.optional("location");
    try {
      return name.<ZoneId>map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException unknown) {
      throw section.problem("location", "a time zone such as Europe/Berlin");
    }
  }
}

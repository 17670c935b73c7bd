package io.tocsin.settings;

import io.tocsin.oncall.WeekWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Times as people write them in YAML. */
public final class WrittenTimes {

  private static final Function<String, LocalTime> TIME =
      text -> text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);

  private WrittenTimes() {}

  /** A time zone; UTC when it is left out. */
  public static ZoneId zone(Section section, String key) {
    return zone(section, key, ZoneId.of("UTC"));
  }

  /** A time zone; the usual one when it is left out. */
  public static ZoneId zone(Section section, String key, ZoneId usual) {
    return parsed(section, key, "a time zone such as Europe/Berlin", ZoneId::of).orElse(usual);
  }

  static <T> Optional<T> parsed(
      Section section, String key, String expected, Function<String, T> parser) {
    return section
        .optional(key)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (DateTimeException wrong) {
                throw section.problem(key, expected);
              }
            });
  }

  /**
   * Reads {@code {days: [monday, ...], from: 09:00, to: 17:00}} or {@code {from_day, from, to_day,
   * to}}.
   */
  public static List<WeekWindow> windows(Section section) {
    LocalTime from =
        parsed(section, "from", "a time such as 09:00", TIME).orElse(LocalTime.MIDNIGHT);
    LocalTime to = parsed(section, "to", "a time such as 17:00", TIME).orElse(LocalTime.MIDNIGHT);
    List<WeekWindow> windows;
    if (section.has("from_day") || section.has("to_day")) {
      windows = List.of(new WeekWindow(day(section, "from_day"), from, day(section, "to_day"), to));
    } else {
      windows = days(section).stream().map(day -> WeekWindow.day(day, from, to)).toList();
    }
    section.done();
    return windows;
  }

  private static Set<DayOfWeek> days(Section section) {
    var days = new LinkedHashSet<DayOfWeek>();
    section.strings("days").forEach(word -> days.addAll(range(section, word)));
    return days.isEmpty() ? new LinkedHashSet<>(List.of(DayOfWeek.values())) : days;
  }

  /** {@code monday} or {@code monday:friday}, as in Alertmanager's time intervals. */
  private static List<DayOfWeek> range(Section section, String words) {
    String[] ends = words.split(":", 2);
    DayOfWeek first = day(section, "days", ends[0]);
    DayOfWeek last = day(section, "days", ends[ends.length - 1]);
    var range = new ArrayList<DayOfWeek>();
    for (DayOfWeek day = first; ; day = day.plus(1)) {
      range.add(day);
      if (day == last) {
        return range;
      }
    }
  }

  private static DayOfWeek day(Section section, String key) {
    return day(section, key, section.string(key));
  }

  private static DayOfWeek day(Section section, String key, String word) {
    try {
      return DayOfWeek.valueOf(word.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException wrong) {
      throw section.problem(key, "\"" + word + "\"", "monday to sunday");
    }
  }
}

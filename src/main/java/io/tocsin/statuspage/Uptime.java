package io.tocsin.statuspage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The last {@value #DAYS} days of a component.
 *
 * @param bars one for each day, oldest first, today last
 * @param ratio share of the measured time it was up, 0-1; unknown time and maintenance do not
 *     count; empty when nothing was measured
 */
public record Uptime(List<DayBar> bars, OptionalDouble ratio) {

  /** How far back the page looks. */
  public static final int DAYS = 90;

  private static final Set<ComponentState> TROUBLE =
      EnumSet.of(
          ComponentState.DEGRADED_PERFORMANCE,
          ComponentState.PARTIAL_OUTAGE,
          ComponentState.MAJOR_OUTAGE);

  public Uptime {
    bars = List.copyOf(bars);
  }

  /** The days up to and including today; a day without a row is one without data. */
  static Uptime of(List<ComponentDay> rows, LocalDate today) {
    Map<LocalDate, ComponentDay> byDate = new HashMap<>();
    rows.forEach(row -> byDate.put(row.date(), row));
    List<DayBar> bars = new ArrayList<>(DAYS);
    long measured = 0;
    long down = 0;
    for (int back = DAYS - 1; back >= 0; back--) {
      LocalDate date = today.minusDays(back);
      ComponentDay day = byDate.getOrDefault(date, new ComponentDay(date, 0, 0, 0, 0, 0));
      bars.add(new DayBar(date, day.worst(), PublicWords.day(day)));
      measured += day.measuredSeconds();
      down += day.downSeconds();
    }
    return new Uptime(
        bars,
        measured == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - (double) down / measured));
  }

  /** Days with an outage or degraded time, newest first. */
  public List<DayBar> troubled() {
    return bars.reversed().stream().filter(bar -> TROUBLE.contains(bar.state())).toList();
  }

  /**
   * In percent, cut after two digits so that 99.999 % never reads as 100 %; {@code no data yet}.
   */
  public String words() {
    if (ratio.isEmpty()) {
      return "no data yet";
    }
    long hundredths = (long) Math.floor(ratio.getAsDouble() * 10_000 + 1e-9);
    return hundredths == 10_000
        ? "100 %"
        : "%d.%02d %%".formatted(hundredths / 100, hundredths % 100);
  }
}

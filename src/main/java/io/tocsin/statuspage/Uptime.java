package io.tocsin.statuspage;

import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  static Uptime of(List<DayUptime> rows, LocalDate today) {
    Map<LocalDate, StateSeconds> byDate = new HashMap<>();
    rows.forEach(row -> byDate.merge(row.day(), row.seconds(), StateSeconds::plus));
    List<DayBar> bars = new ArrayList<>(DAYS);
    StateSeconds total = StateSeconds.NONE;
    for (int back = DAYS - 1; back >= 0; back--) {
      LocalDate date = today.minusDays(back);
      StateSeconds day = byDate.getOrDefault(date, StateSeconds.NONE);
      bars.add(DayBar.of(date, day));
      total = total.plus(day);
    }
    return new Uptime(bars, total.availability());
  }

  /**
   * The share of several components' measured time that they were up, over the newest days.
   *
   * @param days whole days, today included
   * @param before the share of the day before them that counts too, 0-1
   */
  static OptionalDouble ratio(List<Uptime> components, int days, double before) {
    StateSeconds total = StateSeconds.NONE;
    for (Uptime component : components) {
      List<DayBar> newest = component.bars.reversed();
      for (int back = 0; back < Math.min(days + 1, newest.size()); back++) {
        total = total.plus(newest.get(back).seconds().times(back < days ? 1 : before));
      }
    }
    return total.availability();
  }

  /** Days with an outage or degraded time, newest first. */
  public List<DayBar> troubled() {
    return bars.reversed().stream().filter(bar -> TROUBLE.contains(bar.state())).toList();
  }

  /** The first day that has a measurement. */
  public Optional<LocalDate> firstMeasured() {
    return bars.stream().filter(bar -> bar.seconds().judged() > 0).map(DayBar::date).findFirst();
  }

  /** For how long it was measured, seconds. */
  public double measured() {
    return bars.stream().mapToDouble(bar -> bar.seconds().judged()).sum();
  }

  /** In English: {@code 99.98 %}. */
  public String words() {
    return PublicWords.ENGLISH.uptime(this);
  }
}

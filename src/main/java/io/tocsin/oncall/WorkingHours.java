package io.tocsin.oncall;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Time that counts only while people work.
 *
 * @param zone where the wall clock hangs
 * @param windows the hours of a week
 */
public record WorkingHours(ZoneId zone, List<WeekWindow> windows) {

  private static final Duration STRETCH = Duration.ofDays(28);

  /** Beyond this, in stretches, nobody ever works as much as was asked for. */
  private static final int MOST_STRETCHES = 40;

  /**
   * @throws IllegalArgumentException when nobody ever works
   */
  public WorkingHours {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("working hours: found none, expected some");
    }
  }

  /** The instant at which so much working time has passed since the start. */
  public Instant plus(Instant start, Duration work) {
    Duration left = work;
    Instant from = start;
    for (int i = 0; i < MOST_STRETCHES; i++) {
      Instant to = from.plus(STRETCH);
      for (Shift shift : stretch(from, to)) {
        Duration length = Duration.between(shift.start(), shift.end());
        if (!shift.gap() && length.compareTo(left) >= 0) {
          return shift.start().plus(left);
        }
        left = shift.gap() ? left : left.minus(length);
      }
      from = to;
    }
    return from;
  }

  /** Working time within {@code [from, to)}. */
  public Duration between(Instant from, Instant to) {
    Duration sum = Duration.ZERO;
    for (Instant start = from; start.isBefore(to); start = start.plus(STRETCH)) {
      Instant end = start.plus(STRETCH);
      for (Shift shift : stretch(start, end.isBefore(to) ? end : to)) {
        sum = shift.gap() ? sum : sum.plus(Duration.between(shift.start(), shift.end()));
      }
    }
    return sum;
  }

  private List<Shift> stretch(Instant from, Instant to) {
    var canvas = new Canvas(from, to);
    var work = new Shift.Source.OfLayer("work");
    for (WeekWindow window : windows) {
      window.within(
          zone, from, to, (opens, closes) -> canvas.paint(opens, closes, Optional.of(""), work));
    }
    return canvas.shifts();
  }
}

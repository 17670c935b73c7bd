package io.tocsin.silence;

import java.time.Instant;
import java.util.List;

/**
 * Intervals of time under one name, for routes to refer to.
 *
 * @param name as the configuration calls them
 * @param intervals an instant lies in them when it lies in any
 */
public record NamedIntervals(String name, List<TimeInterval> intervals) {
  public NamedIntervals {
    intervals = List.copyOf(intervals);
  }

  /** Whether an instant lies in any of them. */
  public boolean contain(Instant instant) {
    return intervals.stream().anyMatch(interval -> interval.contains(instant));
  }
}

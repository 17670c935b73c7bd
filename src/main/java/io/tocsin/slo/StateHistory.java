package io.tocsin.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The states of one subject over a stretch, change by change; unknown before the first. Tells how
 * long it was down within an incident.
 */
public record StateHistory(List<Change> changes) {

  /** From this instant on it is in this state. */
  public record Change(Instant at, DayState state) {}

  public StateHistory {
    changes = changes.stream().sorted(Comparator.comparing(Change::at)).toList();
  }

  /** Seconds per state within {@code [from, to)}. */
  public StateSeconds between(Instant from, Instant to) {
    StateSeconds sum = StateSeconds.NONE;
    DayState state = DayState.UNKNOWN;
    Instant start = from;
    for (Change change : changes) {
      if (!change.at().isBefore(to)) {
        break;
      }
      if (change.at().isAfter(start)) {
        sum = sum.plus(StateSeconds.of(state, Duration.between(start, change.at())));
        start = change.at();
      }
      state = change.state();
    }
    return start.isBefore(to) ? sum.plus(StateSeconds.of(state, Duration.between(start, to))) : sum;
  }
}

package io.tocsin.web;

import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that nobody has met yet, with the incident that owes it. */
public record RiskClock(Incident incident, ClockState clock) {

  /** Those whose target is used up the most, over-due ones first. */
  static List<RiskClock> of(List<Incident> open, Instant now, int most) {
    var clocks = new ArrayList<RiskClock>();
    for (Incident incident : open) {
      for (ClockState clock : incident.clocks()) {
        if (clock.metAt().isEmpty()) {
          clocks.add(new RiskClock(incident, clock));
        }
      }
    }
    return clocks.stream()
        .sorted(Comparator.comparing((RiskClock risk) -> risk.clock.used(now)).reversed())
        .limit(most)
        .toList();
  }
}

package io.tocsin.incident;

import io.tocsin.alert.Severity;
import io.tocsin.oncall.WorkingHours;
import java.util.Set;

/**
 * Clocks that run only while people work.
 *
 * @param clocks which
 * @param severities of which incidents
 * @param hours when they run
 */
public record BusinessHours(Set<Clock> clocks, Set<Severity> severities, WorkingHours hours) {

  public BusinessHours {
    clocks = Set.copyOf(clocks);
    severities = Set.copyOf(severities);
  }

  boolean govern(Severity severity, Clock clock) {
    return severities.contains(severity) && clocks.contains(clock);
  }
}

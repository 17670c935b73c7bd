package io.tocsin.statuspage;

import io.tocsin.alert.Severity;
import io.tocsin.check.Verdict;
import java.util.Collection;

/**
 * What one check says of its component.
 *
 * @param verdict what we hold to be true of its target
 * @param severity how bad it is when the target is down
 */
public record CheckedState(Verdict verdict, Severity severity) {

  /**
   * What all checks of one component say together: the worst that is known. Not known only when no
   * check knows anything.
   */
  public static ComponentState together(Collection<CheckedState> checks) {
    return checks.stream()
        .filter(check -> check.verdict != Verdict.UNKNOWN)
        .map(CheckedState::state)
        .reduce(Overall::worst)
        .orElse(ComponentState.UNKNOWN);
  }

  private ComponentState state() {
    return switch (verdict) {
      case UP -> ComponentState.OPERATIONAL;
      case DEGRADED -> ComponentState.DEGRADED_PERFORMANCE;
      case UNKNOWN -> ComponentState.UNKNOWN;
      case DOWN ->
          switch (severity) {
            case CRITICAL -> ComponentState.MAJOR_OUTAGE;
            case HIGH -> ComponentState.PARTIAL_OUTAGE;
            case MEDIUM, LOW -> ComponentState.DEGRADED_PERFORMANCE;
          };
    };
  }
}

package io.tocsin.statuspage;

import java.util.Locale;

/** A component's public state, best first; names as in the Statuspage API. */
public enum ComponentState {
  OPERATIONAL,
  UNDER_MAINTENANCE,
  DEGRADED_PERFORMANCE,
  PARTIAL_OUTAGE,
  MAJOR_OUTAGE,
  UNKNOWN;

  /** As in the JSON: {@code degraded_performance}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

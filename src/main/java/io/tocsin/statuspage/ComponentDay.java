package io.tocsin.statuspage;

import java.time.LocalDate;

/**
 * How one component fared on one day (UTC); all figures are seconds.
 *
 * @param date the day
 * @param upSeconds answered as it should
 * @param degradedSeconds answered, but too slowly or in part; counts as up in the uptime
 * @param downSeconds did not answer
 * @param unknownSeconds we could not tell; in no figure
 * @param maintenanceSeconds planned work; in no figure
 */
public record ComponentDay(
    LocalDate date,
    long upSeconds,
    long degradedSeconds,
    long downSeconds,
    long unknownSeconds,
    long maintenanceSeconds) {

  private static final long MAJOR_FROM_SECONDS = 3600;

  /** Seconds that count: neither unknown nor maintenance. */
  public long measuredSeconds() {
    return upSeconds + degradedSeconds + downSeconds;
  }

  /**
   * The day's worst state. A day down for less than an hour in all was a partial outage, beyond
   * that a major one.
   */
  public ComponentState worst() {
    if (downSeconds > 0) {
      return downSeconds < MAJOR_FROM_SECONDS
          ? ComponentState.PARTIAL_OUTAGE
          : ComponentState.MAJOR_OUTAGE;
    }
    if (degradedSeconds > 0) {
      return ComponentState.DEGRADED_PERFORMANCE;
    }
    if (upSeconds > 0) {
      return ComponentState.OPERATIONAL;
    }
    return maintenanceSeconds > 0 ? ComponentState.UNDER_MAINTENANCE : ComponentState.UNKNOWN;
  }
}

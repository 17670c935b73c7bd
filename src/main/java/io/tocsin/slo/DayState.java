package io.tocsin.slo;

/** What a second of a check or component counts as. */
public enum DayState {
  UP,
  /** Serving, but slowly or in part; counts as available. */
  DEGRADED,
  DOWN,
  /** Our own fault or absence: nobody looked. Kept apart, never counted as up or down. */
  UNKNOWN,
  /** Planned; left out of availability. */
  MAINTENANCE
}

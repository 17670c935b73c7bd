package io.tocsin.slo;

import java.time.Duration;
import java.util.OptionalDouble;

/** Seconds spent in each state, over a day or any other stretch. */
public record StateSeconds(
    double up, double degraded, double down, double unknown, double maintenance) {

  /** No time at all. */
  public static final StateSeconds NONE = new StateSeconds(0, 0, 0, 0, 0);

  /** A stretch spent in one state. */
  public static StateSeconds of(DayState state, Duration length) {
    double seconds = length.toNanos() / 1e9;
    return switch (state) {
      case UP -> new StateSeconds(seconds, 0, 0, 0, 0);
      case DEGRADED -> new StateSeconds(0, seconds, 0, 0, 0);
      case DOWN -> new StateSeconds(0, 0, seconds, 0, 0);
      case UNKNOWN -> new StateSeconds(0, 0, 0, seconds, 0);
      case MAINTENANCE -> new StateSeconds(0, 0, 0, 0, seconds);
    };
  }

  public StateSeconds plus(StateSeconds other) {
    return new StateSeconds(
        up + other.up,
        degraded + other.degraded,
        down + other.down,
        unknown + other.unknown,
        maintenance + other.maintenance);
  }

  /** A part of it, spent alike. */
  public StateSeconds times(double share) {
    return new StateSeconds(
        up * share, degraded * share, down * share, unknown * share, maintenance * share);
  }

  /** Seconds that availability is judged by: up, degraded or down. */
  public double judged() {
    return up + degraded + down;
  }

  /** All seconds. */
  public double total() {
    return judged() + unknown + maintenance;
  }

  /**
   * Share of the judged time that was not down, ratio 0-1: planned maintenance is left out, as the
   * SLA says, and unknown time neither helps nor harms. Empty when nothing was judged.
   */
  public OptionalDouble availability() {
    return judged() > 0 ? OptionalDouble.of((up + degraded) / judged()) : OptionalDouble.empty();
  }
}

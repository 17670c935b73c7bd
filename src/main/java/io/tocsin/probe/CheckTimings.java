package io.tocsin.probe;

import com.codahale.metrics.Clock;
import com.codahale.metrics.SlidingTimeWindowArrayReservoir;
import com.codahale.metrics.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the runs of each check took lately: the last five minutes, so at most 3,000 runs at the
 * shortest interval. Thread-safe.
 */
public final class CheckTimings {

  static final Duration WINDOW = Duration.ofMinutes(5);

  /**
   * Quantiles of the runs within the window, seconds.
   *
   * @param runs how many runs these rest on
   */
  public record Quantiles(int runs, double p50, double p95, double p99) {}

  private final ConcurrentHashMap<String, SlidingTimeWindowArrayReservoir> reservoirs =
      new ConcurrentHashMap<>();
  private final Clock clock;

  /**
   * @param nanos monotonic nanoseconds
   */
  public CheckTimings(LongSupplier nanos) {
    this.clock =
        new Clock() {
          @Override
          public long getTick() {
            return nanos.getAsLong();
          }
        };
  }

  void record(String check, Duration took) {
    reservoirs
        .computeIfAbsent(
            check,
            name ->
                new SlidingTimeWindowArrayReservoir(
                    WINDOW.toMillis(), TimeUnit.MILLISECONDS, clock))
        .update(took.toNanos());
  }

  /** Forgets all checks but these. */
  void keep(java.util.Set<String> checks) {
    reservoirs.keySet().retainAll(checks);
  }

  /** The quantiles of one check; empty when it has not run within the window. */
  public Optional<Quantiles> of(String check) {
    return Optional.ofNullable(reservoirs.get(check))
        .map(SlidingTimeWindowArrayReservoir::getSnapshot)
        .filter(snapshot -> snapshot.size() > 0)
        .map(
            snapshot ->
                new Quantiles(
                    snapshot.size(),
                    seconds(snapshot, 0.5),
                    seconds(snapshot, 0.95),
                    seconds(snapshot, 0.99)));
  }

  private static double seconds(Snapshot snapshot, double quantile) {
    return snapshot.getValue(quantile) / 1e9;
  }
}

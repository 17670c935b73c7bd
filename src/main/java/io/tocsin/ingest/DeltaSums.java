package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Turns differences into running totals, as a counter shows them. Bounded: the series that was
 * silent longest is forgotten first and then starts from nothing, which readers take for a
 * counter's reset; so does everything after a restart. Safe for any number of threads.
 */
public final class DeltaSums {

  private static final class Total {
    long timestamp = Long.MIN_VALUE;
    double value;
  }

  private final int limit;
  private final Map<Labels, Total> totals = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param limit how many series are remembered
   */
  public DeltaSums(int limit) {
    this.limit = limit;
  }

  /**
   * The total after a difference. One that was counted already (the same series and timestamp: a
   * request sent again) changes nothing; one from before the last is empty.
   */
  synchronized OptionalDouble add(Labels series, long timestamp, double difference) {
    Total total = totals.computeIfAbsent(series, fresh -> new Total());
    if (timestamp < total.timestamp) {
      return OptionalDouble.empty();
    }
    if (timestamp > total.timestamp) {
      total.timestamp = timestamp;
      total.value += difference;
    }
    if (totals.size() > limit) {
      totals.remove(totals.keySet().iterator().next());
    }
    return OptionalDouble.of(total.value);
  }

  /** How many series are remembered. */
  public synchronized int size() {
    return totals.size();
  }
}

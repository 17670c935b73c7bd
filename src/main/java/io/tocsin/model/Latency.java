package io.tocsin.model;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How long a model took to answer, milliseconds; empty where no row says so. Quantiles are at most
 * 2.5 % off, the mean is exact.
 */
public record Latency(
    OptionalDouble mean, OptionalDouble p50, OptionalDouble p95, OptionalDouble p99) {

  static Latency of(List<LatencyTally> tallies) {
    return new Latency(
        LatencyTally.mean(tallies),
        LatencyTally.quantile(tallies, .5),
        LatencyTally.quantile(tallies, .95),
        LatencyTally.quantile(tallies, .99));
  }
}

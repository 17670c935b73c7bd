package io.tocsin.incident;

import java.time.Duration;

/**
 * When trouble is a storm: so many groups of one route begin within so short a time.
 *
 * @param groups how many get an incident of their own; the rest share one; 0 for no such bound
 * @param within how close together they begin
 */
public record StormPolicy(int groups, Duration within) {

  /** Twenty within ten seconds. */
  public static final StormPolicy DEFAULT = new StormPolicy(20, Duration.ofSeconds(10));

  public StormPolicy {
    if (groups < 0 || within.isNegative()) {
      throw new IllegalArgumentException(
          "storm: found " + groups + " within " + within + ", expected nothing negative");
    }
  }
}

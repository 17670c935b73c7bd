package io.tocsin.slo;

import java.time.Duration;
import java.util.List;

/**
 * What a class of customers is promised.
 *
 * @param firstResponse time to the first answer
 * @param resolution time to the solution
 * @param uptime availability per calendar month, ratio 0-1, planned maintenance excluded
 */
public record Tier(String name, Duration firstResponse, Duration resolution, double uptime) {

  /** The shipped tiers. */
  public static final List<Tier> SHIPPED =
      List.of(
          new Tier("Starter", Duration.ofHours(24), Duration.ofDays(7), 0.995),
          new Tier("Professional", Duration.ofHours(4), Duration.ofDays(2), 0.999),
          new Tier("Enterprise", Duration.ofHours(1), Duration.ofHours(8), 0.9995));
}

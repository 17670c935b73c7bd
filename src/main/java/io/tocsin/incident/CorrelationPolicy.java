package io.tocsin.incident;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * When two open incidents look like one: they began close together, and labels and words agree.
 *
 * @param within how close together they began at most
 * @param suggestAt from which share on a merge is suggested, above 0 and at most 1
 * @param mergeAt from which share on the younger is merged at its opening; empty: people decide
 * @param ignored labels that say nothing, as everything has them
 */
public record CorrelationPolicy(
    Duration within, double suggestAt, Optional<Double> mergeAt, Set<String> ignored) {

  /** Suggested from one half on, never merged without a person. */
  public static final CorrelationPolicy DEFAULT =
      new CorrelationPolicy(
          Duration.ofMinutes(10),
          0.5,
          Optional.empty(),
          Set.of(
              "alertname", "severity", "env", "environment", "prometheus", "replica", "monitor"));

  public CorrelationPolicy {
    ignored = Set.copyOf(ignored);
    if (!share(suggestAt) || mergeAt.filter(at -> !share(at)).isPresent()) {
      throw new IllegalArgumentException("found a share beyond 0 to 1, expected one within");
    }
  }

  private static boolean share(double share) {
    return share > 0 && share <= 1;
  }
}

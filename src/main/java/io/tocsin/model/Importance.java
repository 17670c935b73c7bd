package io.tocsin.model;

import java.time.Instant;
import java.util.Map;

/**
 * How much each feature mattered to a model, as told by whoever explains it.
 *
 * @param at when it was worked out
 * @param version of the model, {@code ""} when unknown
 * @param weights by feature, finite; their scale is the sender's
 */
public record Importance(Instant at, String version, Map<String, Double> weights) {

  public Importance {
    weights = Map.copyOf(weights);
  }
}

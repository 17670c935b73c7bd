package io.tocsin.model;

import io.tocsin.label.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One answer of a model and what it was asked.
 *
 * @param id joins the later truth; without it the row cannot be judged
 * @param timeMillis when the model answered, milliseconds since the epoch
 * @param version of the model, {@code ""} when unknown
 * @param features inputs by name
 * @param prediction the answer: a class, a flag or a number
 * @param confidence ratio 0-1
 * @param latencyMillis how long the model took, milliseconds
 * @param labels whatever else the sender wants to tell rows apart by
 */
public record Prediction(
    Optional<String> id,
    long timeMillis,
    String version,
    Map<String, FeatureValue> features,
    FeatureValue prediction,
    OptionalDouble confidence,
    OptionalDouble latencyMillis,
    Labels labels) {

  public Prediction {
    features = Map.copyOf(features);
  }
}

package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One thing found wrong by one evaluation.
 *
 * @param labels the alert's final labels
 * @param value the value that breached, in the unit of the rule's expression
 * @param annotations expanded texts: summary, description, ...
 * @param since when it began, where whoever found it knows better than the time of evaluation
 */
public record Breach(
    Labels labels, double value, Map<String, String> annotations, Optional<Instant> since) {
  public Breach {
    annotations = Map.copyOf(annotations);
  }

  /** A breach that begins at its first evaluation. */
  public Breach(Labels labels, double value, Map<String, String> annotations) {
    this(labels, value, annotations, Optional.empty());
  }
}

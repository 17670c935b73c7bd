package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.util.Map;

/**
 * One thing found wrong by one evaluation.
 *
 * @param labels the alert's final labels
 * @param value the value that breached, in the unit of the rule's expression
 * @param annotations expanded texts: summary, description, ...
 */
public record Breach(Labels labels, double value, Map<String, String> annotations) {
  public Breach {
    annotations = Map.copyOf(annotations);
  }
}

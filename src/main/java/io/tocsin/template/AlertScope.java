package io.tocsin.template;

import java.time.Instant;
import java.util.Map;

/**
 * What a rule's template may speak of.
 *
 * @param labels {@code $labels}: labels of the series that breached
 * @param value {@code $value}: the value of the expression
 * @param externalLabels {@code $externalLabels}: labels of this installation
 * @param externalUrl {@code $externalURL}: where people reach it
 * @param at {@code now}: the instant of the evaluation
 */
public record AlertScope(
    Map<String, String> labels,
    double value,
    Map<String, String> externalLabels,
    String externalUrl,
    Instant at) {
  public AlertScope {
    labels = Map.copyOf(labels);
    externalLabels = Map.copyOf(externalLabels);
  }
}

package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr;
import java.util.Set;

/**
 * Writes the result of an expression as a new series.
 *
 * @param name of the series
 * @param expr what is recorded
 * @param labels put on every sample
 * @param removed labels taken off every sample: those the rule gives an empty value
 */
public record RecordingRule(String name, Expr expr, Labels labels, Set<String> removed)
    implements Rule {
  public RecordingRule {
    removed = Set.copyOf(removed);
  }

  /** The labels of the new series that comes of one. */
  Labels labels(Labels series) {
    return series.without(removed).with(labels).with(Labels.NAME, name);
  }
}

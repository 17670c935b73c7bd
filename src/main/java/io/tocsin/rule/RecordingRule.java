package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr;
import java.util.Map;

/**
 * An expression whose results become a new metric.
 *
 * @param name the new metric
 * @param labels put over the results' labels; an empty value removes one
 */
public record RecordingRule(String id, String name, Expr expr, Map<String, String> labels)
    implements Rule {

  public RecordingRule {
    labels = Map.copyOf(labels);
  }

  /**
   * Reads a rule.
   *
   * @throws RuleProblem when the name, the expression or a label cannot be taken
   */
  public static RecordingRule of(String id, String name, String expr, Map<String, String> labels) {
    if (name.isBlank() || name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
      throw new RuleProblem("record", "\"" + name + "\"", "a metric name");
    }
    if (labels.containsKey("") || labels.containsKey(Labels.NAME)) {
      throw new RuleProblem("labels", "\"" + Labels.NAME + "\" or an empty name", "label names");
    }
    return new RecordingRule(id, name, Expressions.parse(expr), labels);
  }

  /** The labels of the recorded series. */
  Labels labelsFor(Labels series) {
    var builder = series.toBuilder();
    labels.forEach(builder::set);
    return builder.set(Labels.NAME, name).build();
  }
}

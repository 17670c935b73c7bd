package io.tocsin.rule;

import io.tocsin.alert.AlertSpec;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Pointwise;
import java.util.Map;
import java.util.Optional;

/**
 * An expression whose every result is a breach.
 *
 * @param spec what the alerts' tracker needs
 * @param expr instant vector or scalar
 * @param texts labels and annotations of its alerts
 * @param pointwise the expression as pointwise, when it may be evaluated on arrival
 */
public record AlertingRule(AlertSpec spec, Expr expr, Texts texts, Optional<Pointwise> pointwise)
    implements Rule {

  /**
   * Reads a rule.
   *
   * @throws RuleProblem when the expression, a name or a template cannot be taken
   */
  public static AlertingRule of(
      AlertSpec spec, String expr, Map<String, String> labels, Map<String, String> annotations) {
    requireName(spec);
    Expr parsed = Expressions.parse(expr);
    Texts texts = Texts.of(labels, annotations);
    Optional<Pointwise> pointwise =
        texts.labelsFollowSeries() ? Pointwise.of(parsed) : Optional.empty();
    return new AlertingRule(spec, parsed, texts, pointwise);
  }

  static void requireName(AlertSpec spec) {
    if (spec.alertName().isBlank()) {
      throw new RuleProblem("alert", "an empty name", "a name");
    }
    if (spec.holdFor().isNegative() || spec.keepFiringFor().isNegative()) {
      throw new RuleProblem("for", "a negative duration", "a duration of 0s or more");
    }
  }

  @Override
  public String id() {
    return spec.ruleId();
  }

  @Override
  public String name() {
    return spec.alertName();
  }
}

package io.tocsin.rule;

import io.tocsin.alert.AlertSpec;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Pointwise;
import java.util.Optional;

/**
 * Alerts for every series that an expression yields.
 *
 * @param spec what the tracker must know
 * @param expr breaches while it yields a series
 * @param wording labels and annotations
 */
public record AlertingRule(AlertSpec spec, Expr expr, Wording wording) implements Rule {

  @Override
  public String name() {
    return spec.alertName();
  }

  /**
   * The rule as one that may be evaluated for single series on arrival; empty when its expression
   * or its labels depend on more than one series, or when an empty world means something to it.
   */
  public Optional<Pointwise> pointwise() {
    return wording.labelsNeedValue() ? Optional.empty() : Pointwise.of(expr);
  }
}

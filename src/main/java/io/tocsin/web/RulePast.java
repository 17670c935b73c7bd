package io.tocsin.web;

import io.tocsin.rule.ReplayReport;
import io.tocsin.rule.RuleGroup;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs rules over what is stored. Computes for long: not for an event loop. */
@FunctionalInterface
public interface RulePast {

  /**
   * @param stop asked from time to time: whether to give up
   * @throws io.tocsin.rule.RuleProblem when the stretch or the rules cannot be taken
   * @throws io.tocsin.promql.QueryProblem when it was stopped
   */
  ReplayReport run(List<RuleGroup> groups, Instant from, Instant to, BooleanSupplier stop);
}

package io.tocsin.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rules evaluated together, in order, at one timestamp; later ones see what earlier ones recorded.
 *
 * @param file the file it stands in
 * @param interval between evaluations
 * @param queryOffset how far behind the evaluation its queries look
 * @param limit the most alerts or series one rule may yield; 0 for no limit
 * @param source name of an outside engine that evaluates it, if any
 */
public record RuleGroup(
    String file,
    String name,
    Duration interval,
    Duration queryOffset,
    int limit,
    Optional<String> source,
    List<Rule> rules) {

  /**
   * Checks the group.
   *
   * @throws RuleProblem for an empty name, an interval that is not positive or a negative limit
   */
  public RuleGroup {
    rules = List.copyOf(rules);
    if (name.isBlank()) {
      throw new RuleProblem("name", "an empty name", "a name");
    }
    if (!interval.isPositive()) {
      throw new RuleProblem("interval", interval.toString(), "a duration above 0s");
    }
    if (queryOffset.isNegative()) {
      throw new RuleProblem("query_offset", queryOffset.toString(), "a duration of 0s or more");
    }
    if (limit < 0) {
      throw new RuleProblem("limit", Integer.toString(limit), "0 or more");
    }
  }

  /** This group with other rules. */
  public RuleGroup with(List<Rule> others) {
    return new RuleGroup(file, name, interval, queryOffset, limit, source, others);
  }

  /** The identity of the rule at a place in a group. */
  public static String ruleId(String file, String group, int index) {
    return file + ";" + group + ";" + index;
  }
}

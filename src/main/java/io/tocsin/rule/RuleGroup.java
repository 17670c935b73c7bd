package io.tocsin.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rules evaluated together, in order, at one instant.
 *
 * @param file the file it stands in, as configured
 * @param name unique within the file
 * @param interval from one evaluation to the next
 * @param queryOffset how far back in time it looks, for samples that come late
 * @param limit most series or alerts one of its rules may yield; 0 = no limit
 * @param rules in order: later ones see what earlier ones recorded
 * @param source a Prometheus-compatible server that evaluates instead of us, if any
 */
public record RuleGroup(
    String file,
    String name,
    Duration interval,
    Duration queryOffset,
    int limit,
    List<Rule> rules,
    Optional<String> source) {

  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /** Names it among all groups. */
  public String id() {
    return file + ";" + name;
  }
}

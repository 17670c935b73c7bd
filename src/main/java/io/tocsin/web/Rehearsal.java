package io.tocsin.web;

import io.tocsin.rule.ReplayComparison;
import io.tocsin.rule.ReplayReport;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a changed rule over the past.
 *
 * @param troubles what is wrong, by field
 * @param report of the rules as changed
 * @param comparison with the rules as they are
 */
public record Rehearsal(
    Map<String, String> troubles,
    Optional<ReplayReport> report,
    Optional<ReplayComparison> comparison) {

  public Rehearsal {
    troubles = Map.copyOf(troubles);
  }

  static Rehearsal wrong(String field, String words) {
    return new Rehearsal(Map.of(field, words), Optional.empty(), Optional.empty());
  }
}

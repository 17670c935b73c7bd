package io.tocsin.rule.drift;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an alert of a drift rule carries, kept with it: enough to compute its figures again.
 *
 * @param id unique; grows
 * @param kind {@link Kind#ALERT}, or an improvement, which is told and pages nobody
 * @param rule the rule's id
 * @param alert the rule's name
 * @param criterion {@code data_drift}, ...
 * @param labels of the alert
 * @param at end of the window
 * @param level how far it has gone
 * @param firstSeen end of the first of the windows in a row
 * @param inARow windows in a row, none overlapping another
 * @param begun rows that became part of it with this reading
 * @param reading what was measured, with both windows, sizes and distributions
 * @param others inputs that were measured too and are not among the rows of the reading
 * @param parameters of the method: thresholds, minima, significance, bins
 * @param runbook name of a page
 * @param suggestion what to do first
 */
public record Finding(
    String id,
    Kind kind,
    String rule,
    String alert,
    String criterion,
    Map<String, String> labels,
    Instant at,
    Optional<Level> level,
    Instant firstSeen,
    int inARow,
    List<String> begun,
    Reading reading,
    int others,
    Map<String, String> parameters,
    Optional<String> runbook,
    String suggestion) {

  /** What is told. */
  public enum Kind {
    /** An alert began, or got worse. */
    ALERT,
    /** A change for the better. */
    IMPROVEMENT
  }

  public Finding {
    labels = Map.copyOf(labels);
    begun = List.copyOf(begun);
    parameters = Map.copyOf(parameters);
  }
}

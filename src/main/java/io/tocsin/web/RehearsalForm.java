package io.tocsin.web;

import io.tocsin.http.Request;
import io.tocsin.settings.Durations;

/**
 * A change of a rule to run over the past.
 *
 * @param holdFor as in {@code 5m}
 * @param hours how far back
 */
public record RehearsalForm(String expr, String holdFor, int hours) {

  private static final int HOURS = 6;
  private static final int MOST_HOURS = 31 * 24;

  /** The rule as it is. */
  static RehearsalForm of(RuleRow row) {
    String hold = row.spec().map(spec -> Durations.print(spec.holdFor())).orElse("0s");
    return new RehearsalForm(row.expression(), hold, HOURS);
  }

  static RehearsalForm read(Request request) {
    return new RehearsalForm(
        request.query("expr").orElse(""),
        request.query("for").orElse("0s"),
        request.integer("hours", HOURS, 1, MOST_HOURS));
  }
}

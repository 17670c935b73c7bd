package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.Severity;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule as the console lists it.
 *
 * @param took how long its group's last evaluation took
 * @param active its alerts, the worst first
 * @param strip what it did within a day
 */
public record RuleRow(
    RuleGroup group,
    Rule rule,
    RuleHealth health,
    Duration took,
    List<Alert> active,
    HistoryStrip strip) {

  /** What has never run. */
  static final RuleHealth NEVER =
      new RuleHealth(RuleHealth.State.UNKNOWN, "not evaluated yet", Instant.EPOCH);

  public RuleRow {
    active = List.copyOf(active);
  }

  /** Its page. */
  public String path() {
    return "/rules/one?id=" + Address.encoded(rule.id());
  }

  /** Expression, or what a drift rule asks. */
  public String expression() {
    return switch (rule) {
      case AlertingRule it -> it.expr().toString();
      case RecordingRule it -> it.expr().toString();
      case DriftRule it -> it.words();
    };
  }

  /** Where the models are that a drift rule watches: one, or all. */
  public Optional<String> models() {
    return rule instanceof DriftRule drift
        ? Optional.of(
            drift.terms().target().any()
                ? "/models"
                : ModelLine.path(drift.terms().target().model()))
        : Optional.empty();
  }

  /** Alerting, recording or drift. */
  public String kind() {
    return switch (rule) {
      case AlertingRule it -> "alerting";
      case RecordingRule it -> "recording";
      case DriftRule it -> "drift";
    };
  }

  /** What its alerts are made of; empty for a recording rule. */
  public Optional<AlertSpec> spec() {
    return switch (rule) {
      case AlertingRule it -> Optional.of(it.spec());
      case DriftRule it -> Optional.of(it.spec());
      case RecordingRule it -> Optional.empty();
    };
  }

  /** Firing, pending, inactive or recording. */
  public String state() {
    if (rule instanceof RecordingRule) {
      return "recording";
    }
    boolean firing = active.stream().anyMatch(alert -> alert.phase() == Alert.Phase.FIRING);
    return firing ? "firing" : active.isEmpty() ? "inactive" : "pending";
  }

  /** The severity of its worst alert. */
  public Optional<Severity> severity() {
    return active.stream().map(Alert::severity).min(Severity::compareTo);
  }

  /** The newest value of its worst alert. */
  public String value() {
    return active.isEmpty() ? "" : Times.figure(active.getFirst().value());
  }

  /** Whether it was evaluated. */
  public boolean ran() {
    return health.lastEvaluation().isAfter(Instant.EPOCH);
  }
}

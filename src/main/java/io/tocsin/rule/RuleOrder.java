package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Selectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules in an order in which each comes after those whose series it reads, so that a stretch of the
 * past can be evaluated rule by rule.
 */
final class RuleOrder {

  /** The metrics that alerts are kept as. */
  static final List<String> ALERT_METRICS = List.of("ALERTS", "ALERTS_FOR_STATE");

  /**
   * A rule at its place.
   *
   * @param circular whether it reads what it writes, itself or by way of others; such a rule must
   *     go step by step
   */
  record Placed(RuleGroup group, Rule rule, boolean circular) {}

  private RuleOrder() {}

  /** The rules that read series; rules of models and of outside engines are left out. */
  static List<Placed> of(List<RuleGroup> groups) {
    var waiting = new ArrayList<Placed>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (!(rule instanceof DriftRule) && group.source().isEmpty()) {
          waiting.add(new Placed(group, rule, false));
        }
      }
    }
    var ordered = new ArrayList<Placed>();
    while (!waiting.isEmpty()) {
      List<Placed> free =
          waiting.stream()
              .filter(one -> waiting.stream().noneMatch(other -> reads(one.rule(), other.rule())))
              .toList();
      if (free.isEmpty()) {
        waiting.forEach(one -> ordered.add(new Placed(one.group(), one.rule(), true)));
        break;
      }
      ordered.addAll(free);
      waiting.removeAll(free);
    }
    return ordered;
  }

  /** Whether some rule reads what alerts are kept as. */
  static boolean readAlerts(List<Placed> rules) {
    return rules.stream()
        .flatMap(placed -> Selectors.of(expr(placed.rule()), 0).stream())
        .anyMatch(reach -> ALERT_METRICS.stream().anyMatch(name -> named(reach, name)));
  }

  private static boolean reads(Rule reader, Rule writer) {
    return Selectors.of(expr(reader), 0).stream().anyMatch(reach -> matches(reach, writer));
  }

  private static boolean matches(Selectors.Reach reach, Rule writer) {
    return switch (writer) {
      case RecordingRule recording -> named(reach, recording.name());
      case AlertingRule alerting ->
          ALERT_METRICS.stream().anyMatch(name -> named(reach, name))
              && reach.matchers().stream()
                  .filter(matcher -> matcher.name().equals(Texts.ALERT_NAME))
                  .allMatch(matcher -> matcher.matches(alerting.name()));
      case DriftRule drift -> false;
    };
  }

  private static boolean named(Selectors.Reach reach, String metric) {
    List<Matcher> names =
        reach.matchers().stream().filter(m -> m.name().equals(Labels.NAME)).toList();
    return Matcher.all(names, Labels.from(Map.of(Labels.NAME, metric)));
  }

  private static Expr expr(Rule rule) {
    return switch (rule) {
      case RecordingRule recording -> recording.expr();
      case AlertingRule alerting -> alerting.expr();
      case DriftRule drift -> throw new IllegalArgumentException(drift.name());
    };
  }
}

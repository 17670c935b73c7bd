package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.engine.CheckAlerts;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.promql.BinaryOp;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Finds the series behind an alert around its breach, with the constant its rule compares with.
 *
 * @param reader where samples are
 * @param groups the rules now loaded
 */
record AlertGraphs(SeriesReader reader, Supplier<List<RuleGroup>> groups) {

  private static final Duration AROUND = Duration.ofMinutes(10);
  private static final int STEPS = 240;

  private record Source(Expr expr, OptionalDouble threshold) {}

  /** The graph of one alert; empty when its rule is gone or its samples are. */
  Optional<AlertGraph> of(Alert alert, Instant end) {
    Instant from = alert.activeSince().minus(AROUND);
    Instant to = end.plus(AROUND);
    if (alert.spec().ruleId().startsWith(CheckAlerts.ruleId(""))) {
      return select(
              "probe_duration_seconds", Labels.of("check", alert.labels().get("check")), from, to)
          .map(points -> new AlertGraph(alert.key(), points, OptionalDouble.empty(), "seconds"));
    }
    return rule(alert.spec().ruleId()).flatMap(rule -> graph(alert, rule, from, to));
  }

  private Optional<Rule> rule(String id) {
    return groups.get().stream()
        .flatMap(group -> group.rules().stream())
        .filter(rule -> rule.id().equals(id))
        .findFirst();
  }

  private Optional<AlertGraph> graph(Alert alert, Rule rule, Instant from, Instant to) {
    return switch (rule) {
      case AlertingRule alerting -> {
        Source source = source(alerting.expr().bare());
        yield range(source.expr, alert.labels(), from, to)
            .map(points -> new AlertGraph(alert.key(), points, source.threshold, ""));
      }
      case DriftRule drift ->
          select(
                  "model_drift_score",
                  alert.labels().keep(List.of("model", "feature", "method")),
                  from,
                  to)
              .map(
                  points ->
                      new AlertGraph(
                          alert.key(),
                          points,
                          OptionalDouble.of(drift.terms().thresholds().least()),
                          ""));
      case RecordingRule recording -> Optional.empty();
    };
  }

  /** What is compared, when a rule compares with a constant; else the whole. */
  private static Source source(Expr expr) {
    if (expr instanceof Expr.Binary binary
        && binary.op().kind() == BinaryOp.Kind.COMPARISON
        && binary.right().bare() instanceof Expr.NumberLiteral number) {
      return new Source(binary.left(), OptionalDouble.of(number.value()));
    }
    return new Source(expr, OptionalDouble.empty());
  }

  /** The series whose labels the alert carries. */
  private Optional<SeriesPoints> range(Expr expr, Labels alert, Instant from, Instant to) {
    long step = Math.max(1_000, Duration.between(from, to).toMillis() / STEPS);
    try {
      return new Evaluator(reader, QueryLimits.DEFAULT)
          .range(expr, from.toEpochMilli(), to.toEpochMilli(), step).series().stream()
              .filter(series -> carries(alert, series.labels()))
              .findFirst();
    } catch (QueryProblem problem) {
      return Optional.empty();
    }
  }

  private static boolean carries(Labels alert, Labels series) {
    for (int i = 0; i < series.size(); i++) {
      if (!series.name(i).equals(Labels.NAME)
          && !alert.get(series.name(i)).equals(series.value(i))) {
        return false;
      }
    }
    return true;
  }

  private Optional<SeriesPoints> select(String name, Labels labels, Instant from, Instant to) {
    var matchers = new ArrayList<Matcher>();
    matchers.add(Matcher.equal(Labels.NAME, name));
    labels.forEach((label, value) -> matchers.add(Matcher.equal(label, value)));
    return reader.select(matchers, from.toEpochMilli(), to.toEpochMilli()).stream().findFirst();
  }
}

package io.tocsin.web;

import io.tocsin.alert.AlertSpec;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Request;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.ReplayComparison;
import io.tocsin.rule.ReplayReport;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.RuleProblem;
import io.tocsin.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** A changed rule, run over the past beside the rules in force. */
final class RuleRehearsal {

  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final Workbench work;

  RuleRehearsal(Workbench work) {
    this.work = work;
  }

  /** Runs the rule as it is and as it would be; waits for both. */
  Rehearsal run(Request request, RuleRow row, RehearsalForm form, Instant now) {
    Optional<Duration> hold = Durations.parse(form.holdFor());
    if (hold.isEmpty()) {
      return Rehearsal.wrong(
          "for", "found \"" + form.holdFor() + "\", expected a duration as in 5m");
    }
    if (!(row.rule() instanceof AlertingRule rule)) {
      return Rehearsal.wrong("expr", "only alerting rules can be replayed");
    }
    try {
      RuleGroup before = row.group();
      RuleGroup after = before.with(replaced(before.rules(), rule, form.expr(), hold.get()));
      Instant from = now.minus(Duration.ofHours(form.hours()));
      return work.computations()
          .call(request, PATIENCE, stop -> compare(before, after, from, now, stop))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (RuleProblem wrong) {
      return Rehearsal.wrong(field(wrong), String.valueOf(wrong.getMessage()));
    } catch (CompletionException e) {
      return failed(e);
    }
  }

  private Rehearsal compare(
      RuleGroup before, RuleGroup after, Instant from, Instant to, BooleanSupplier stop) {
    ReplayReport old = work.past().run(List.of(before), from, to, stop);
    ReplayReport report = work.past().run(List.of(after), from, to, stop);
    return new Rehearsal(
        Map.of(), Optional.of(report), Optional.of(ReplayComparison.of(old, report)));
  }

  private static Rehearsal failed(CompletionException e) {
    return switch (e.getCause()) {
      case RuleProblem wrong -> Rehearsal.wrong(field(wrong), String.valueOf(wrong.getMessage()));
      case QueryProblem problem -> Rehearsal.wrong("expr", String.valueOf(problem.getMessage()));
      case ProblemException busy -> throw busy;
      case null, default -> throw e;
    };
  }

  private static String field(RuleProblem wrong) {
    return wrong.field().equals("from") ? "hours" : "expr";
  }

  private static List<Rule> replaced(
      List<Rule> rules, AlertingRule old, String expr, Duration hold) {
    AlertSpec spec = old.spec();
    var changed =
        new AlertSpec(
            spec.ruleId(),
            spec.alertName(),
            hold,
            spec.keepFiringFor(),
            spec.severity(),
            spec.runbook(),
            spec.impact(),
            spec.noData());
    var labels = new TreeMap<String, String>();
    old.texts().labels().forEach((name, text) -> labels.put(name, text.toString()));
    var annotations = new TreeMap<String, String>();
    old.texts().annotations().forEach((name, text) -> annotations.put(name, text.toString()));
    AlertingRule rule = AlertingRule.of(changed, expr, labels, annotations);
    var all = new ArrayList<Rule>();
    for (Rule one : rules) {
      all.add(one.id().equals(old.id()) ? rule : one);
    }
    return all;
  }
}

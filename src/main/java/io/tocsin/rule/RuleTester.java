package io.tocsin.rule;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Numbers;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Value;
import io.tocsin.rule.RuleTestFile.AlertTest;
import io.tocsin.rule.RuleTestFile.ExprTest;
import io.tocsin.rule.RuleTestReport.Failure;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the tests of a rule test file, each on a store and a clock of its own. */
public final class RuleTester {
  private static final Duration FOREVER = Duration.ofDays(365_000);

  private record Sample(Labels labels, long time, double value) {}

  private final RuleTestFile file;
  private final RuleTestFile.Case test;
  private final List<RuleGroup> groups;
  private final MemoryStore store =
      new MemoryStore(new MemoryStore.Limits(1_000_000, FOREVER, FOREVER));
  private final QueryLimits limits;
  private final RuleEvaluator evaluator;
  private final AlertTracker tracker = new AlertTracker();
  private final Map<String, Recorded> written = new HashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private Alerts alerts = Alerts.NONE;

  private RuleTester(RuleTestFile file, RuleTestFile.Case test, List<RuleFile> rules) {
    this.file = file;
    this.test = test;
    this.groups = ordered(rules, file.groupOrder());
    this.limits = QueryLimits.DEFAULT.withSubqueryStep(file.evaluationInterval().toMillis());
    this.evaluator = new RuleEvaluator(store, limits, test.site());
  }

  /** Runs every test of the file over the rules of these files. Drift rules are left out. */
  public static RuleTestReport run(RuleTestFile file, List<RuleFile> rules) {
    var failures = new ArrayList<Failure>();
    for (RuleTestFile.Case test : file.cases()) {
      failures.addAll(new RuleTester(file, test, rules).failures());
    }
    return new RuleTestReport(file.name(), failures);
  }

  private static List<RuleGroup> ordered(List<RuleFile> rules, List<String> order) {
    var groups = new ArrayList<>(rules.stream().flatMap(f -> f.groups().stream()).toList());
    groups.sort(
        Comparator.comparingInt(
            g -> order.contains(g.name()) ? order.indexOf(g.name()) : order.size()));
    return groups;
  }

  private List<Failure> failures() {
    List<Sample> input = input();
    int fed = 0;
    List<AlertTest> due =
        test.alertTests().stream().sorted(Comparator.comparing(AlertTest::evalTime)).toList();
    int checked = 0;
    Duration step = file.evaluationInterval();
    for (Duration t = Duration.ZERO; t.compareTo(lastTime()) <= 0; t = t.plus(step)) {
      Instant now = test.start().plus(t);
      fed = feed(input, fed, now.toEpochMilli());
      groups.forEach(group -> evaluate(group, now));
      while (checked < due.size() && due.get(checked).evalTime().compareTo(t.plus(step)) < 0) {
        check(due.get(checked++));
      }
    }
    feed(input, fed, Long.MAX_VALUE);
    test.exprTests().forEach(this::check);
    return failures;
  }

  private Duration lastTime() {
    Duration last = Duration.ZERO;
    for (AlertTest one : test.alertTests()) {
      last = last.compareTo(one.evalTime()) < 0 ? one.evalTime() : last;
    }
    for (ExprTest one : test.exprTests()) {
      last = last.compareTo(one.evalTime()) < 0 ? one.evalTime() : last;
    }
    return last;
  }

  private List<Sample> input() {
    var samples = new ArrayList<Sample>();
    for (RuleTestFile.Input input : test.inputs()) {
      for (int i = 0; i < input.values().size(); i++) {
        long time = test.start().plus(test.interval().multipliedBy(i)).toEpochMilli();
        if (input.values().get(i).isPresent()) {
          samples.add(new Sample(input.labels(), time, input.values().get(i).getAsDouble()));
        }
      }
    }
    samples.sort(Comparator.comparingLong(Sample::time));
    return samples;
  }

  private int feed(List<Sample> input, int from, long until) {
    int next = from;
    var batch = SampleBatch.builder();
    while (next < input.size() && input.get(next).time() <= until) {
      Sample sample = input.get(next++);
      batch.add(sample.labels(), sample.time(), sample.value());
    }
    store.append(batch.build());
    return next;
  }

  private void evaluate(RuleGroup group, Instant now) {
    for (Rule rule : group.rules()) {
      switch (rule) {
        case RecordingRule recording -> record(group, recording, now);
        case AlertingRule alerting -> {
          Evaluation evaluation = evaluator.evaluate(group, alerting, now);
          if (evaluation.outcome() instanceof Evaluation.Outcome.Unknown unknown) {
            failed(rule, now, unknown.reason());
          }
          alerts = tracker.advance(alerts, List.of(evaluation), now).next();
          write(rule, AlertSeries.at(now, active(rule), before(rule)));
        }
        case DriftRule drift -> {
          // needs a model, which a rule test does not have
        }
      }
    }
  }

  private void record(RuleGroup group, RecordingRule rule, Instant now) {
    try {
      write(rule, evaluator.evaluate(group, rule, now, before(rule)));
    } catch (QueryProblem problem) {
      failed(rule, now, String.valueOf(problem.getMessage()));
    }
  }

  private void failed(Rule rule, Instant now, String reason) {
    String what = "rule: %s, time: %s".formatted(rule.name(), Duration.between(test.start(), now));
    failures.add(new Failure(test.name(), what, List.of("an evaluation"), List.of(reason)));
  }

  private Recorded before(Rule rule) {
    return written.getOrDefault(rule.id(), Recorded.NONE);
  }

  private void write(Rule rule, Recorded recorded) {
    written.put(rule.id(), recorded);
    store.append(recorded.samples());
  }

  private List<Alert> active(Rule rule) {
    var active = new ArrayList<Alert>(alerts.pending());
    active.addAll(alerts.firing());
    return active.stream().filter(a -> a.spec().ruleId().equals(rule.id())).toList();
  }

  private void check(AlertTest expectation) {
    List<String> wanted =
        expectation.expected().stream()
            .map(
                e ->
                    shown(
                        e.labels().with(Texts.ALERT_NAME, expectation.alertName()).toString(),
                        e.annotations()))
            .sorted()
            .toList();
    List<String> found =
        alerts.firing().stream()
            .filter(a -> a.spec().alertName().equals(expectation.alertName()))
            .map(a -> shown(a.labels().toString(), a.annotations()))
            .sorted()
            .toList();
    if (!wanted.equals(found)) {
      String what =
          "alertname: %s, time: %s".formatted(expectation.alertName(), expectation.evalTime());
      failures.add(new Failure(test.name(), what, wanted, found));
    }
  }

  private static String shown(String labels, Map<String, String> annotations) {
    return "Labels:" + labels + " Annotations:" + new TreeMap<>(annotations);
  }

  private void check(ExprTest expectation) {
    List<String> wanted =
        expectation.expected().stream().map(e -> shown(e.labels(), e.value())).sorted().toList();
    List<String> found = found(expectation);
    if (!wanted.equals(found)) {
      String what = "expr: \"%s\", time: %s".formatted(expectation.expr(), expectation.evalTime());
      failures.add(new Failure(test.name(), what, wanted, found));
    }
  }

  private List<String> found(ExprTest expectation) {
    long time = test.start().plus(expectation.evalTime()).toEpochMilli();
    try {
      Value value = new Evaluator(store, limits).instant(Parser.parse(expectation.expr()), time);
      return switch (value) {
        case Value.Vector vector ->
            vector.samples().stream().map(s -> shown(s.labels(), s.value())).sorted().toList();
        case Value.Scalar scalar -> List.of(shown(Labels.EMPTY, scalar.value()));
        case Value.Matrix matrix -> List.of("a range vector");
        case Value.Text text -> List.of("a string");
      };
    } catch (ParseProblem | QueryProblem problem) {
      return List.of(String.valueOf(problem.getMessage()));
    }
  }

  private static String shown(Labels labels, double value) {
    return labels + " " + Numbers.format(value);
  }
}

package io.tocsin.rule;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.promql.Durations;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Numbers;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Value;
import io.tocsin.rule.RuleTestFile.AlertTest;
import io.tocsin.rule.RuleTestFile.ExpectedSample;
import io.tocsin.rule.RuleTestFile.ExprTest;
import io.tocsin.rule.RuleTestReport.Failure;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.StatedModels;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the tests of a rule test file, each on a store and a clock of its own. */
public final class RuleTester {
  private static final Comparator<ExpectedSample> ORDER =
      Comparator.comparing(ExpectedSample::labels).thenComparingDouble(ExpectedSample::value);

  private static final Duration FOREVER = Duration.ofDays(365_000);

  private record Sample(Labels labels, long time, double value) {}

  private final RuleTestFile file;
  private final RuleTestFile.Case test;
  private final List<GroupEvaluation> rules = new ArrayList<>();
  private final MemoryStore store =
      new MemoryStore(new MemoryStore.Limits(1_000_000, FOREVER, FOREVER));
  private final QueryLimits limits;
  private final ModelRules models;
  private final AlertTracker tracker = new AlertTracker();
  private final List<Failure> failures = new ArrayList<>();
  private Alerts alerts = Alerts.NONE;
  private Recorded written = Recorded.NONE;

  /** Whether a rule could not be evaluated: what follows would say nothing. */
  private boolean broken;

  private RuleTester(RuleTestFile file, RuleTestFile.Case test, List<RuleFile> rules) {
    this.file = file;
    this.test = test;
    this.limits = QueryLimits.DEFAULT.withSubqueryStep(file.evaluationInterval().toMillis());
    this.models =
        new ModelRules(new DriftJudge(new StatedModels(test.models()), FindingStore.inMemory()));
    for (RuleGroup group : ordered(rules, file.groupOrder())) {
      group.rules().stream()
          .filter(rule -> !(rule instanceof DriftRule) || !test.models().isEmpty())
          .forEach(rule -> this.rules.add(alone(group, rule)));
    }
  }

  /**
   * Runs every test of the file over the rules of these files. Drift rules take part in the tests
   * that state what models see, and in no others.
   */
  public static RuleTestReport run(RuleTestFile file, List<RuleFile> rules) {
    var failures = new ArrayList<Failure>();
    for (RuleTestFile.Case test : file.cases()) {
      failures.addAll(new RuleTester(file, test, rules).failures());
    }
    return new RuleTestReport(file.name(), failures, List.of());
  }

  private static List<RuleGroup> ordered(List<RuleFile> rules, List<String> order) {
    var groups = new ArrayList<>(rules.stream().flatMap(f -> f.groups().stream()).toList());
    groups.sort(
        Comparator.comparingInt(
            g -> order.contains(g.name()) ? order.indexOf(g.name()) : order.size()));
    return groups;
  }

  /** One rule of a group by itself, so that the next one sees what it wrote, alerts included. */
  private GroupEvaluation alone(RuleGroup group, Rule rule) {
    return new GroupEvaluation(
        group.with(List.of(rule)), store, limits, test.site(), store::append, models);
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
      rules.forEach(rule -> evaluate(rule, now));
      if (broken) {
        return failures;
      }
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

  private void evaluate(GroupEvaluation rule, Instant now) {
    GroupEvaluation.Round round = rule.evaluate(now);
    for (GroupEvaluation.Failure failure : round.failures()) {
      failed(failure.rule().name(), now, failure.reason());
    }
    for (Evaluation evaluation : round.evaluations()) {
      // A model without enough rows is no failure of its rule, and a test may well state one.
      if (evaluation.outcome() instanceof Evaluation.Outcome.Unknown unknown && unknown.failed()) {
        failed(evaluation.spec().alertName(), now, unknown.reason());
      }
    }
    if (round.evaluations().isEmpty()) {
      return;
    }
    alerts = tracker.advance(alerts, round.evaluations(), now).next();
    var active = new ArrayList<Alert>(alerts.pending());
    active.addAll(alerts.firing());
    written = AlertSeries.at(now, active, written);
    store.append(written.samples());
  }

  private void failed(String rule, Instant now, String reason) {
    broken = true;
    String what = "rule: %s, time: %s".formatted(rule, shown(Duration.between(test.start(), now)));
    failures.add(new Failure(test.name(), what, List.of("an evaluation"), List.of(reason)));
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
          "alertname: %s, time: %s"
              .formatted(expectation.alertName(), shown(expectation.evalTime()));
      failures.add(new Failure(test.name(), what, wanted, found));
    }
  }

  private static String shown(String labels, Map<String, String> annotations) {
    return "Labels:" + labels + " Annotations:" + new TreeMap<>(annotations);
  }

  private void check(ExprTest expectation) {
    var wanted = new ArrayList<>(expectation.expected());
    wanted.sort(ORDER);
    List<ExpectedSample> found;
    try {
      found = found(expectation);
    } catch (ParseProblem | QueryProblem problem) {
      failed(expectation, lines(wanted), List.of(String.valueOf(problem.getMessage())));
      return;
    }
    boolean alike = wanted.size() == found.size();
    for (int i = 0; alike && i < wanted.size(); i++) {
      alike = alike(wanted.get(i), found.get(i));
    }
    if (!alike) {
      failed(expectation, lines(wanted), lines(found));
    }
  }

  private void failed(ExprTest expectation, List<String> wanted, List<String> found) {
    String what =
        "expr: \"%s\", time: %s".formatted(expectation.expr(), shown(expectation.evalTime()));
    failures.add(new Failure(test.name(), what, wanted, found));
  }

  /** Equal labels; equal values, or one floating-point step apart where the file allows it. */
  private boolean alike(ExpectedSample wanted, ExpectedSample found) {
    double x = wanted.value();
    double y = found.value();
    boolean same =
        Double.compare(x, y) == 0
            || x == y
            || (file.fuzzyCompare() && (Math.nextUp(x) == y || Math.nextDown(x) == y));
    return same && wanted.labels().equals(found.labels());
  }

  private static List<String> lines(List<ExpectedSample> samples) {
    return samples.stream().map(s -> s.labels() + " " + Numbers.format(s.value())).toList();
  }

  private List<ExpectedSample> found(ExprTest expectation) {
    long time = test.start().plus(expectation.evalTime()).toEpochMilli();
    Value value = new Evaluator(store, limits).instant(Parser.parse(expectation.expr()), time);
    return switch (value) {
      case Value.Vector vector ->
          vector.samples().stream()
              .map(s -> new ExpectedSample(s.labels(), s.value()))
              .sorted(ORDER)
              .toList();
      case Value.Scalar scalar -> List.of(new ExpectedSample(Labels.EMPTY, scalar.value()));
      case Value.Matrix matrix -> throw notAVector();
      case Value.Text text -> throw notAVector();
    };
  }

  private static QueryProblem notAVector() {
    return new QueryProblem(
        QueryProblem.Kind.EXECUTION, "the result is neither an instant vector nor a scalar");
  }

  private static String shown(Duration sinceStart) {
    return Durations.format(sinceStart.toMillis());
  }
}

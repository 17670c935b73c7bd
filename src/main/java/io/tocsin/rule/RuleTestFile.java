package io.tocsin.rule;

import com.google.re2j.Pattern;
import io.tocsin.label.Labels;
import io.tocsin.rule.drift.StatedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A file of unit tests for rules, as promtool reads it.
 *
 * @param name the file's name
 * @param ruleFiles the rule files under test, as written
 * @param evaluationInterval between evaluations of all groups
 * @param fuzzyCompare whether a value may be one floating-point step off
 * @param groupOrder names of groups in the order to evaluate them; others come after, as written
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/">Unit
 *     testing for rules</a>
 */
public record RuleTestFile(
    String name,
    List<String> ruleFiles,
    Duration evaluationInterval,
    boolean fuzzyCompare,
    List<String> groupOrder,
    List<Case> cases) {

  public RuleTestFile {
    ruleFiles = List.copyOf(ruleFiles);
    groupOrder = List.copyOf(groupOrder);
    cases = List.copyOf(cases);
  }

  /** The file with only the tests whose name a pattern is found in. */
  public RuleTestFile only(Pattern pattern) {
    return new RuleTestFile(
        name,
        ruleFiles,
        evaluationInterval,
        fuzzyCompare,
        groupOrder,
        cases.stream().filter(test -> pattern.matcher(test.name()).find()).toList());
  }

  /**
   * One test.
   *
   * @param interval between the values of the input series
   * @param start the time of the first value; evaluation times count from it
   * @param models what watched models see, for drift rules; ours alone, promtool knows no such key
   */
  public record Case(
      String name,
      Duration interval,
      Instant start,
      List<Input> inputs,
      List<AlertTest> alertTests,
      List<ExprTest> exprTests,
      Site site,
      List<StatedModel> models) {
    public Case {
      models = List.copyOf(models);
      inputs = List.copyOf(inputs);
      alertTests = List.copyOf(alertTests);
      exprTests = List.copyOf(exprTests);
    }
  }

  /** A series to begin with; an empty value is no sample. */
  public record Input(Labels labels, List<OptionalDouble> values) {
    public Input {
      values = List.copyOf(values);
    }
  }

  /** Which alerts of that name should be firing at a time after the start. */
  public record AlertTest(Duration evalTime, String alertName, List<ExpectedAlert> expected) {
    public AlertTest {
      expected = List.copyOf(expected);
    }
  }

  /** A firing alert; {@code alertname} need not be written. */
  public record ExpectedAlert(Labels labels, Map<String, String> annotations) {
    public ExpectedAlert {
      annotations = Map.copyOf(annotations);
    }
  }

  /** What an expression should yield at a time after the start. */
  public record ExprTest(String expr, Duration evalTime, List<ExpectedSample> expected) {
    public ExprTest {
      expected = List.copyOf(expected);
    }
  }

  /** One sample of an expression's result. */
  public record ExpectedSample(Labels labels, double value) {}
}

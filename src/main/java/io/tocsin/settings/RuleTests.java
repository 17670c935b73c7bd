package io.tocsin.settings;

import com.google.re2j.Pattern;
import io.tocsin.label.Labels;
import io.tocsin.promql.Numbers;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.SeriesNotation;
import io.tocsin.rule.RuleFile;
import io.tocsin.rule.RuleTestFile;
import io.tocsin.rule.RuleTestFile.AlertTest;
import io.tocsin.rule.RuleTestFile.ExpectedAlert;
import io.tocsin.rule.RuleTestFile.ExpectedSample;
import io.tocsin.rule.RuleTestFile.ExprTest;
import io.tocsin.rule.RuleTestFile.Input;
import io.tocsin.rule.RuleTestReport;
import io.tocsin.rule.RuleTester;
import io.tocsin.rule.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads and runs promtool's unit tests for rules.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/">Unit
 *     testing for rules</a>
 */
public final class RuleTests {

  private RuleTests() {}

  /**
   * Runs a file of tests with the rule files it names, paths relative to it.
   *
   * @param only a pattern found in the names of the tests to run
   * @throws SettingsProblem when a file cannot be read; says where
   */
  public static RuleTestReport run(Path file, Pattern only) {
    Section top = Yaml.read(file, Map.of());
    RuleTestFile tests = read(top).only(only);
    var rules = new ArrayList<RuleFile>();
    var warnings = new ArrayList<String>();
    Path folder = file.toAbsolutePath().getParent();
    for (String pattern : tests.ruleFiles()) {
      List<Path> found = matching(folder == null ? Path.of("/") : folder, pattern);
      if (found.isEmpty()) {
        warnings.add("no file matches \"" + pattern + "\"");
      }
      found.forEach(path -> rules.add(RuleFiles.read(path, tests.evaluationInterval())));
    }
    return RuleTester.run(tests, rules).warning(warnings);
  }

  /** Runs every test of a file. */
  public static RuleTestReport run(Path file) {
    return run(file, Pattern.compile(""));
  }

  /** The files of a pattern whose last part may have {@code *} and {@code ?}, sorted. */
  private static List<Path> matching(Path folder, String pattern) {
    Path path = folder.resolve(pattern);
    Path parent = path.getParent();
    Path last = path.getFileName();
    if (parent == null || last == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(parent, last.toString())) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + parent, e);
    }
    found.sort(null);
    return found;
  }

  /** Reads a file of tests. */
  public static RuleTestFile read(Section top) {
    Duration interval = top.duration("evaluation_interval", RuleFiles.DEFAULT_INTERVAL);
    if (!interval.isPositive()) {
      throw top.problem("evaluation_interval", "a duration above 0s");
    }
    var cases = new ArrayList<RuleTestFile.Case>();
    for (Section section : top.sections("tests")) {
      cases.add(test(section, interval));
    }
    var file =
        new RuleTestFile(
            top.place().file(),
            top.strings("rule_files"),
            interval,
            top.flag("fuzzy_compare", false),
            groupOrder(top),
            cases);
    top.done();
    return file;
  }

  private static List<String> groupOrder(Section top) {
    List<String> order = top.strings("group_eval_order");
    if (new HashSet<>(order).size() < order.size()) {
      throw top.problem("group_eval_order", String.join(", ", order), "each group once");
    }
    return order;
  }

  private static RuleTestFile.Case test(Section section, Duration evaluationInterval) {
    Duration interval = section.duration("interval", evaluationInterval);
    Instant start = start(section);
    var test =
        new RuleTestFile.Case(
            section.string("name", ""),
            interval,
            start,
            each(section, "input_series", RuleTests::input),
            each(section, "alert_rule_test", RuleTests::alertTest),
            each(section, "promql_expr_test", RuleTests::exprTest),
            new Site(section.map("external_labels"), section.string("external_url", "")),
            each(section, "models", model -> StatedModelSettings.read(model, start, interval)));
    section.done();
    return test;
  }

  private static <T> List<T> each(Section section, String key, Function<Section, T> reader) {
    var all = new ArrayList<T>();
    for (Section one : section.sections(key)) {
      all.add(reader.apply(one));
      one.done();
    }
    return all;
  }

  /** Seconds since the epoch, or a date with time. */
  private static Instant start(Section section) {
    String text = section.string("start_timestamp", "0");
    try {
      return text.matches("-?[0-9.]+")
          ? Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000))
          : Instant.parse(text);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw section.problem(
          "start_timestamp", "seconds since the epoch or a time such as 2026-01-31T08:00:00Z");
    }
  }

  private static Input input(Section section) {
    return new Input(
        parsed(section, "series", SeriesNotation::labels),
        parsed(section, "values", SeriesNotation::values));
  }

  private static <T> T parsed(Section section, String key, Function<String, T> parser) {
    String text = section.string(key);
    try {
      return parser.apply(text);
    } catch (ParseProblem problem) {
      throw section.problem(key, "series notation: " + problem.reason());
    }
  }

  private static AlertTest alertTest(Section section) {
    return new AlertTest(
        section.duration("eval_time", Duration.ZERO),
        section.string("alertname"),
        each(
            section,
            "exp_alerts",
            alert ->
                new ExpectedAlert(
                    Labels.from(alert.map("exp_labels")), alert.map("exp_annotations"))));
  }

  private static ExprTest exprTest(Section section) {
    return new ExprTest(
        section.string("expr"),
        section.duration("eval_time", Duration.ZERO),
        each(section, "exp_samples", RuleTests::sample));
  }

  private static ExpectedSample sample(Section section) {
    Labels labels =
        section.has("labels") ? parsed(section, "labels", SeriesNotation::labels) : Labels.EMPTY;
    String value = section.string("value", "0");
    double number =
        Numbers.parseSigned(value).orElseThrow(() -> section.problem("value", "a number"));
    return new ExpectedSample(labels, number);
  }
}

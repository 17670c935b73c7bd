package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tocsin.alert.NoData;
import io.tocsin.grafana.Board;
import io.tocsin.grafana.Panel;
import io.tocsin.grafana.Query;
import io.tocsin.grafana.board.Boards;
import io.tocsin.promql.Parser;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.runbook.Runbook;
import io.tocsin.settings.Objectives;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.RuleTests;
import io.tocsin.settings.Section;
import io.tocsin.settings.Yaml;
import io.tocsin.slo.BurnRateRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped beside the code fits together: rules, runbooks, boards, and our own metrics. */
class OperationsContentTest {

  /** Alerts that need no rule file: every check carries its own. */
  private static final Set<String> BUILT_IN = Set.of("CheckDown");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Pattern PROMQL = Pattern.compile("```promql\n(.*?)\n```", Pattern.DOTALL);

  private static final List<String> HEADINGS =
      List.of(
          "## Meaning",
          "## Impact",
          "## Diagnosis",
          "## Mitigation",
          "## Escalation",
          "## Prevention",
          "## Communication template");

  /** What the front matter of a page says. */
  private static final List<String> FRONT_MATTER =
      List.of("severity: ", "owner: ", "dashboards: [", "last_reviewed: ");

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    Set<String> alerts = new TreeSet<>(BUILT_IN);
    alerts().forEach(rule -> alerts.add(rule.name()));

    assertThat(
            runbooks()
                .filter(page -> text(page).contains("\nalert: "))
                .map(OperationsContentTest::name)
                .collect(Collectors.toSet()))
        .isEqualTo(alerts);
    for (Rule rule : alerts()) {
      assertThat(spec(rule).runbook()).as(rule.name()).contains(rule.name());
    }
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatToDoWithoutData() throws IOException {
    assertThat(alerts())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(spec(rule).severity()).as(rule.name()).isPresent();
              assertThat(spec(rule).noData()).as(rule.name()).isNotEqualTo(NoData.PROMETHEUS);
              assertThat(annotations(rule)).containsKeys("summary", "description");
            });
  }

  @Test
  void theTestsBesideTheRulesPass() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("alert-rules/tests"))) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(RuleTests.run(file).passed()).as("%s", RuleTests.run(file)).isTrue());
    }
  }

  /** A file of tests can pass without saying much: what it must say of every alert. */
  @Test
  void theTestsShowEachAlertHealthyPendingFiringResolvedAndWithoutData() throws IOException {
    var tests = new ArrayList<JsonNode>();
    try (Stream<Path> files = Files.list(Path.of("alert-rules/tests"))) {
      for (Path file : files.toList()) {
        YAML.readTree(file.toFile()).path("tests").forEach(tests::add);
      }
    }
    for (Rule rule : alerts()) {
      List<JsonNode> own =
          tests.stream()
              .filter(
                  test ->
                      test.path("alert_rule_test")
                          .findValuesAsText("alertname")
                          .contains(rule.name()))
              .toList();
      assertThat(own).as(rule.name()).anySatisfy(test -> firesBetweenQuietTimes(test, rule.name()));
      assertThat(own)
          .as("%s without data", rule.name())
          .anyMatch(test -> test.path("name").asText().contains("data"));
      if (!spec(rule).holdFor().isZero()) {
        assertThat(own)
            .as("%s pending", rule.name())
            .anyMatch(test -> test.path("promql_expr_test").toString().contains("pending"));
      }
    }
  }

  private static void firesBetweenQuietTimes(JsonNode test, String alert) {
    var fires = new ArrayList<Boolean>();
    for (JsonNode at : test.path("alert_rule_test")) {
      if (at.path("alertname").asText().equals(alert)) {
        fires.add(!at.path("exp_alerts").isEmpty());
      }
    }
    assertThat(fires).contains(true);
    assertThat(fires.subList(0, fires.indexOf(true))).contains(false);
    assertThat(fires.subList(fires.indexOf(true), fires.size())).contains(false);
  }

  @Test
  void theBurnRateRulesAreThoseOfTheirObjectives() throws IOException {
    Section objectives = Yaml.read(Path.of("alert-rules/slo/objectives.yaml"), Map.of());

    assertThat(Files.readString(Path.of("alert-rules/slo/rules.yaml")).lines().skip(1))
        .containsExactlyElementsOf(
            BurnRateRules.yaml(Objectives.read(objectives)).lines().toList());
  }

  @Test
  void everyQueryOfARunbookIsPromql() throws IOException {
    for (Path runbook : runbooks().toList()) {
      PROMQL
          .matcher(Files.readString(runbook))
          .results()
          .forEach(
              found ->
                  assertThatCode(() -> Parser.parse(found.group(1)))
                      .as(runbook.toString())
                      .doesNotThrowAnyException());
    }
  }

  @Test
  void everyRunbookHasTheSameHeadings() throws IOException {
    for (Path runbook : runbooks().toList()) {
      assertThat(text(runbook))
          .as(runbook.toString())
          .startsWith("---\n")
          .contains(FRONT_MATTER)
          .containsSubsequence(HEADINGS)
          .contains("- [ ] ");
    }
  }

  /** The ladder that a person climbs at night: rule, runbook, board, series, exporter. */
  @Test
  void everyRuleLeadsToARunbookToABoardToSeriesThatSomebodyExports() throws IOException {
    Set<String> known = new TreeSet<>(SeriesCatalogue.read().all());
    all().filter(RecordingRule.class::isInstance).forEach(rule -> known.add(rule.name()));
    for (Rule rule : alerts()) {
      Runbook runbook = runbook(spec(rule).runbook().orElseThrow());
      assertThat(runbook.dashboards()).as(rule.name()).isNotEmpty();
      Board board = board(runbook.dashboards().getFirst());
      assertThat(board.panels().stream().flatMap(panel -> panel.runbooks().stream()))
          .as("%s: a panel of %s leads back to the runbook", rule.name(), board.title())
          .contains(rule.name());
      if (rule instanceof AlertingRule alerting) {
        assertThat(known).as(rule.name()).containsAll(SeriesCatalogue.metrics(alerting.expr()));
      }
    }
  }

  @Test
  void everySeriesOfEveryQueryHasAnExporterAndNoExporterIsIdle() throws IOException {
    var read = new TreeSet<String>();
    all()
        .forEach(
            rule -> {
              switch (rule) {
                case AlertingRule it -> read.addAll(SeriesCatalogue.metrics(it.expr()));
                case RecordingRule it -> read.addAll(SeriesCatalogue.metrics(it.expr()));
                case DriftRule it -> {}
              }
            });
    for (Board board : Boards.ALL) {
      for (Panel panel : board.panels()) {
        for (Query query : panel.queries()) {
          if (query instanceof Query.Prom prom) {
            String expr = prom.expr().replace("$__rate_interval", "1m");
            read.addAll(SeriesCatalogue.metrics(Parser.parse(expr)));
          }
        }
      }
    }
    for (Path page : runbooks().toList()) {
      PROMQL
          .matcher(text(page))
          .results()
          .forEach(found -> read.addAll(SeriesCatalogue.metrics(Parser.parse(found.group(1)))));
    }
    all().filter(RecordingRule.class::isInstance).forEach(rule -> read.remove(rule.name()));
    List<String> exported = SeriesCatalogue.read().all();

    assertThat(exported).doesNotHaveDuplicates();
    var unknown = new TreeSet<>(read);
    exported.forEach(unknown::remove);
    assertThat(unknown).as("series that nobody is known to export").isEmpty();
    var idle = new TreeSet<>(exported);
    idle.removeAll(read);
    assertThat(idle).as("series of the catalogue that nothing reads").isEmpty();
  }

  private static Board board(String title) {
    return Boards.ALL.stream()
        .filter(board -> board.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no board " + title));
  }

  private static Runbook runbook(String name) {
    return Runbook.parse(name, text(Path.of("runbooks", name + ".md")));
  }

  private static List<Rule> alerts() throws IOException {
    return all().filter(rule -> !(rule instanceof RecordingRule)).toList();
  }

  private static Stream<Rule> all() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("alert-rules"))) {
      return Stream.concat(files, Stream.of(Path.of("alert-rules/slo/rules.yaml")))
          .filter(file -> file.toString().endsWith(".yaml"))
          .flatMap(file -> RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL).rules().stream())
          .toList()
          .stream();
    }
  }

  private static io.tocsin.alert.AlertSpec spec(Rule rule) {
    return switch (rule) {
      case AlertingRule alerting -> alerting.spec();
      case DriftRule drift -> drift.spec();
      case RecordingRule recording -> throw new AssertionError(recording);
    };
  }

  private static Map<String, ?> annotations(Rule rule) {
    return switch (rule) {
      case AlertingRule alerting -> alerting.texts().annotations();
      case DriftRule drift -> drift.texts().annotations();
      case RecordingRule recording -> throw new AssertionError(recording);
    };
  }

  private static Stream<Path> runbooks() {
    try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.endsWith("README.md"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path runbook) {
    return runbook.getFileName().toString().replace(".md", "");
  }
}

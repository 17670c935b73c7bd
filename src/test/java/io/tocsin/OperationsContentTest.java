package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alert.NoData;
import io.tocsin.promql.Parser;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.settings.Objectives;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.RuleTests;
import io.tocsin.settings.Section;
import io.tocsin.settings.Yaml;
import io.tocsin.slo.BurnRateRules;
import io.tocsin.telemetry.Meter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void theBurnRateRulesAreThoseOfTheirObjectives() throws IOException {
    Section objectives = Yaml.read(Path.of("alert-rules/slo/objectives.yaml"), Map.of());

    assertThat(Files.readString(Path.of("alert-rules/slo/rules.yaml")).lines().skip(1))
        .containsExactlyElementsOf(
            BurnRateRules.yaml(Objectives.read(objectives)).lines().toList());
  }

  @Test
  void everyQueryOfARunbookIsPromql() throws IOException {
    Pattern block = Pattern.compile("```promql\n(.*?)\n```", Pattern.DOTALL);
    for (Path runbook : runbooks().toList()) {
      block
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

  @Test
  void boardsAskWhatCanBeAnswered() throws IOException {
    Set<String> ours = Stream.of(Meter.values()).map(Meter::exported).collect(Collectors.toSet());
    var json = new ObjectMapper();
    try (Stream<Path> boards = Files.list(Path.of("grafana/boards"))) {
      for (Path board : boards.toList()) {
        for (JsonNode target : json.readTree(board.toFile()).findValues("targets")) {
          for (JsonNode one : target) {
            String query = one.path("expr").asText().replace("$__rate_interval", "1m");
            if (query.isEmpty()) {
              continue;
            }
            Parser.parse(query);
            assertThat(ownMetrics(query))
                .as(board + ": " + query)
                .allSatisfy(name -> assertThat(ours).contains(plain(name)));
          }
        }
      }
    }
  }

  @Test
  void rulesNameOnlyMetricsThatWeExport() throws IOException {
    Set<String> ours = Stream.of(Meter.values()).map(Meter::exported).collect(Collectors.toSet());
    for (Rule rule : alerts()) {
      if (rule instanceof AlertingRule alerting) {
        assertThat(ownMetrics(alerting.expr().toString()))
            .as(rule.name())
            .allSatisfy(name -> assertThat(ours).contains(plain(name)));
      }
    }
  }

  /** Our own metrics in a query; those of the prober are held against a running service. */
  private static List<String> ownMetrics(String query) {
    return Pattern.compile("\\btocsin_[a-z_]+")
        .matcher(query)
        .results()
        .map(r -> r.group())
        .filter(name -> !name.startsWith("tocsin_probe_"))
        .toList();
  }

  private static String plain(String name) {
    return name.replaceAll("_(sum|count|bucket)$", "");
  }

  private static List<Rule> alerts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("alert-rules"))) {
      return Stream.concat(files, Stream.of(Path.of("alert-rules/slo/rules.yaml")))
          .filter(file -> file.toString().endsWith(".yaml"))
          .flatMap(file -> RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL).rules().stream())
          .filter(rule -> !(rule instanceof RecordingRule))
          .toList();
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

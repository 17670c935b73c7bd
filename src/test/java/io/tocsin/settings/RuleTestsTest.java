package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.tocsin.rule.RuleTestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestsTest {
  private static final String RULES =
      """
      groups:
        - name: example
          rules:
            - record: job:up:sum
              expr: sum by (job) (up)
            - alert: InstanceDown
              expr: up == 0
              for: 5m
              labels: { severity: page }
              annotations:
                summary: "Instance {{ $labels.instance }} down in {{ $externalLabels.region }}"
        - name: after
          rules:
            - record: job:up:half
              expr: job:up:sum / 2
      """;

  private static final String INPUT =
      """
      rule_files: [rules.yaml]
      evaluation_interval: 1m
      group_eval_order: [example, after]
      tests:
        - name: a machine goes down
          interval: 1m
          external_labels: { region: eu }
          input_series:
            - series: 'up{job="web", instance="a:80"}'
              values: '1 1 0x15'
            - series: 'up{job="web", instance="b:80"}'
              values: '1+0x5 stale'
      """;

  @TempDir Path folder;

  private RuleTestReport run(String expectations) throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
    Path file = folder.resolve("test.yaml");
    Files.writeString(file, INPUT + expectations.indent(4));
    return RuleTests.run(file);
  }

  @Test
  void whatPromtoolPassesPasses() throws IOException {
    RuleTestReport report =
        run(
            """
            alert_rule_test:
              - eval_time: 6m
                alertname: InstanceDown
              - eval_time: 7m30s
                alertname: InstanceDown
                exp_alerts:
                  - exp_labels: { severity: page, instance: "a:80", job: web }
                    exp_annotations: { summary: "Instance a:80 down in eu" }
            promql_expr_test:
              - expr: job:up:sum
                eval_time: 4m
                exp_samples:
                  - { labels: 'job:up:sum{job="web"}', value: 1 }
              - expr: job:up:half
                eval_time: 4m
                exp_samples: [{ labels: 'job:up:half{job="web"}', value: 0.5 }]
              - expr: up{instance="b:80"}
                eval_time: 6m
              - expr: ALERTS{alertstate="pending"} or ALERTS_FOR_STATE
                eval_time: 3m
                exp_samples:
                  - labels: 'ALERTS{alertname="InstanceDown",alertstate="pending",instance="a:80",job="web",severity="page"}'
                    value: 1
                  - labels: 'ALERTS_FOR_STATE{alertname="InstanceDown",instance="a:80",job="web",severity="page"}'
                    value: 120
              - expr: time() + 1
                eval_time: 1m
                exp_samples: [{ value: 61 }]
            """);
    assertThat(report.toString()).contains("SUCCESS").startsWith("Unit Testing: ");
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aDifferenceIsShown() throws IOException {
    RuleTestReport report =
        run(
            """
            alert_rule_test:
              - eval_time: 7m
                alertname: InstanceDown
                exp_alerts: [{ exp_labels: { instance: "c:80" } }]
            promql_expr_test:
              - expr: job:up:sum
                eval_time: 1m
                exp_samples: [{ labels: 'job:up:sum{job="web"}', value: 3 }]
              - expr: sum(
                eval_time: 1m
            """);
    assertThat(report.passed()).isFalse();
    assertThat(report.failures()).hasSize(3);
    assertThat(report.toString())
        .contains(
            """
              FAILED:
                name: a machine goes down, alertname: InstanceDown, time: 7m,
                    exp: [
                        0: Labels:{alertname="InstanceDown", instance="c:80"} Annotations:{}
                    ]
                    got: [
                        0: Labels:{alertname="InstanceDown", instance="a:80", job="web", severity="page"} Annotations:{summary=Instance a:80 down in eu}
                    ]
            """)
        .contains("expr: \"job:up:sum\", time: 1m,")
        .contains("0: job:up:sum{job=\"web\"} 3")
        .contains("0: job:up:sum{job=\"web\"} 2")
        .contains("parse error");
  }

  @Test
  void aStartOtherThanTheEpochMovesEverything() throws IOException {
    RuleTestReport report =
        run(
            """
            start_timestamp: 2026-01-31T08:00:00Z
            promql_expr_test:
              - expr: time() - 1769846400
                eval_time: 1m
                exp_samples: [{ value: 60 }]
              - expr: count(up)
                eval_time: 1m
                exp_samples: [{ value: 2 }]
            """);
    assertThat(report.toString()).contains("SUCCESS");
  }

  @Test
  void badFilesSayWhere() {
    assertThatThrownBy(() -> run("alert_rule_test: [{ alertname: X, exp_alrts: [] }]"))
        .hasMessageContaining("unknown key \"exp_alrts\", expected \"exp_alerts\"?");
    assertThatThrownBy(() -> run("input: 1")).hasMessageContaining("unknown key \"input\"");
    assertThatThrownBy(
            () ->
                RuleTests.read(
                    Yaml.read(
                        "tests: [{input_series: [{series: up, values: '1+'}]}]",
                        "t.yaml",
                        Secrets.none())))
        .hasMessageStartingWith("t.yaml:1:")
        .hasMessageContaining(
            "expected series notation: values are numbers, _, stale, a+bxn or axn, not \"1+\"");
    assertThatThrownBy(
            () -> RuleTests.read(Yaml.read("group_eval_order: [a, a]", "t", Secrets.none())))
        .hasMessageContaining("expected each group once");
  }

  @Test
  void aPatternWithoutFilesIsAWarningAsInPromtool() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "rule_files: [none-*.yaml]");

    RuleTestReport report = RuleTests.run(file);

    assertThat(report.passed()).isTrue();
    assertThat(report.toString()).contains("WARNING: no file matches \"none-*.yaml\"");
  }

  @Test
  void aFuzzyComparisonForgivesOneStepOfFloatingPoint() throws IOException {
    String test =
        """
        tests:
          - input_series: [{ series: a, values: '3.0000000000000004' }]
            promql_expr_test: [{ expr: a, exp_samples: [{ labels: a, value: 3 }] }]
        """;
    Path exact = Files.writeString(folder.resolve("exact.yaml"), test);
    Path fuzzy = Files.writeString(folder.resolve("fuzzy.yaml"), "fuzzy_compare: true\n" + test);

    assertThat(RuleTests.run(exact).passed()).isFalse();
    assertThat(RuleTests.run(fuzzy).passed()).isTrue();
  }

  @Test
  void onlyTestsThatAreAskedForRun() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("named.yaml"),
            """
            tests:
              - { name: good, promql_expr_test: [{ expr: vector(1), exp_samples: [{ value: 1 }] }] }
              - { name: bad, promql_expr_test: [{ expr: vector(1), exp_samples: [{ value: 2 }] }] }
            """);

    assertThat(RuleTests.run(file).failures()).hasSize(1);
    assertThat(RuleTests.run(file, Pattern.compile("^good$")).passed()).isTrue();
  }

  @Test
  void aFailureShowsWhereExpectedAndFoundPart() throws IOException {
    String report =
        run("""
        promql_expr_test:
          - { expr: job:up:sum, exp_samples: [{ labels: 'job:up:sum{job="wab"}', value: 2 }] }
        """)
            .toString();

    assertThat(report)
        .contains(
            """
                    diff:
                      - job:up:sum{job="wab"} 2
                      + job:up:sum{job="web"} 2
                                         ^
            """);
  }

  @Test
  void aRuleSeesTheAlertsOfTheRulesBeforeIt() throws IOException {
    Files.writeString(
        folder.resolve("alerts.yaml"),
        """
        groups:
          - name: g
            rules:
              - { alert: First, expr: up == 0 }
              - { alert: Second, expr: 'ALERTS{alertname="First", alertstate="firing"}' }
        """);
    Path file =
        Files.writeString(
            folder.resolve("test.yaml"),
            """
            rule_files: [alerts.yaml]
            tests:
              - input_series: [{ series: up, values: '0' }]
                alert_rule_test:
                  - eval_time: 0m
                    alertname: Second
                    exp_alerts: [{ exp_labels: { alertstate: firing } }]
            """);

    assertThat(RuleTests.run(file).passed()).as("%s", RuleTests.run(file)).isTrue();
  }
}

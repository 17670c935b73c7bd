package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.NoData;
import io.tocsin.alert.Severity;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.RuleFile;
import io.tocsin.rule.RuleGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFilesTest {

  private static RuleFile read(String text) {
    return RuleFiles.read(Yaml.read(text, "rules.yaml", Secrets.none()), Duration.ofMinutes(1));
  }

  @Test
  void readsPrometheusFilesAsTheyAre() {
    RuleFile file =
        read(
            """
            groups:
              - name: example
                interval: 30s
                query_offset: 1m
                limit: 10
                labels: { team: infra, severity: none }
                rules:
                  - record: job:requests:rate5m
                    expr: sum by (job) (rate(requests_total[5m]))
                    labels: { kind: rate }
                  - alert: HighLatency
                    expr: |
                      latency_seconds
                        > 0.5
                    for: 10m
                    keep_firing_for: 5m
                    labels:
                      severity: page
                    annotations:
                      summary: "High on {{ $labels.instance }}"
              - name: other
                rules: []
            """);
    RuleGroup group = file.groups().getFirst();
    assertThat(group.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(group.queryOffset()).isEqualTo(Duration.ofMinutes(1));
    assertThat(group.limit()).isEqualTo(10);
    assertThat(file.groups().get(1).interval()).isEqualTo(Duration.ofMinutes(1));
    var recording = (RecordingRule) group.rules().getFirst();
    assertThat(recording.name()).isEqualTo("job:requests:rate5m");
    assertThat(recording.labels())
        .containsOnly(
            java.util.Map.entry("kind", "rate"),
            java.util.Map.entry("team", "infra"),
            java.util.Map.entry("severity", "none"));
    var alerting = (AlertingRule) group.rules().get(1);
    assertThat(alerting.id()).isEqualTo("rules.yaml;example;1");
    assertThat(alerting.expr()).hasToString("latency_seconds > 0.5");
    assertThat(alerting.pointwise()).isPresent();
    assertThat(alerting.spec().holdFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(alerting.spec().keepFiringFor()).isEqualTo(Duration.ofMinutes(5));
    assertThat(alerting.spec().severity()).isEmpty();
    assertThat(alerting.spec().noData()).isEqualTo(NoData.PROMETHEUS);
    assertThat(alerting.texts().labels().get("severity")).hasToString("page");
  }

  @Test
  void readsOurAdditions() {
    RuleFile file =
        read(
            """
            groups:
              - name: ours
                source: mimir
                rules:
                  - alert: Down
                    expr: up == 0
                    severity: critical
                    runbook: Down
                    no_data: alert
                    impact: [Web app, API]
            """);
    RuleGroup group = file.groups().getFirst();
    assertThat(group.source()).contains("mimir");
    var alerting = (AlertingRule) group.rules().getFirst();
    assertThat(alerting.spec().severity()).contains(Severity.CRITICAL);
    assertThat(alerting.spec().runbook()).contains("Down");
    assertThat(alerting.spec().noData()).isEqualTo(NoData.ALERT);
    assertThat(alerting.spec().impact()).containsExactly("Web app", "API");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "expr: up ¦ rules.yaml:4:9: groups[0].rules[0].record: found nothing, expected exactly one",
        "{record: a, alert: b, expr: up} ¦ found both \"record\" and \"alert\"",
        "{alert: A, expr: up >} ¦ rules.yaml:4:26: groups[0].rules[0].expr: found \"up >\","
            + " expected PromQL: 1:5: parse error: unexpected end of input",
        "{alert: A, expr: 'up[5m]'} ¦ found an expression of type range vector",
        "{alert: A, exrp: up} ¦ found nothing, expected exactly one of \"expr\" and \"drift\"",
        "{alert: A, expr: up, fro: 5m} ¦ found unknown key \"fro\", expected \"for\"?",
        "{alert: A, expr: up, for: 5 m} ¦ rules.yaml:4:35: groups[0].rules[0].for",
        "{alert: A, expr: up, annotations: {s: '{{ x }}'}} ¦ function \"x\" not defined",
        "{alert: A, expr: up, labels: {__name__: x}} ¦ expected a name, and not __name__ itself",
        "{alert: A, expr: up, severity: bad} ¦ expected one of critical, high, medium, low",
        "{alert: '', expr: up} ¦ alert: found an empty name",
        "{record: a, expr: up, for: 5m} ¦ expected no such key in a recording rule",
        "{record: 'a{b}', expr: up} ¦ expected a metric name",
      })
  void saysWhereWhatAndWhatWasExpected(String rule, String message) {
    String text = "groups:\n  - name: g\n    rules:\n      - " + rule + "\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageStartingWith("rules.yaml:4:")
        .hasMessageContaining(message);
  }

  @Test
  void groupsHaveNamesOfTheirOwn() {
    assertThatThrownBy(() -> read("groups: [{name: g}, {name: g}]"))
        .hasMessageContaining("found group \"g\" twice");
    assertThat(read("groups: [{name: g, interval: 0s}]").groups().getFirst().interval())
        .isEqualTo(RuleFiles.DEFAULT_INTERVAL);
    assertThat(read("").groups()).isEmpty();
  }

  @Test
  void tellsOfRulesThatStandThereTwice() {
    RuleFile file =
        read(
            """
            groups:
              - name: g
                rules:
                  - { alert: A, expr: up, labels: { x: y } }
                  - { alert: A, expr: down, labels: { x: y } }
                  - { alert: A, expr: up }
                  - { record: A, expr: up }
            """);
    assertThat(file.duplicates()).containsExactly("A {x=y}");
  }

  @Test
  void theShippedRulesAreRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("alert-rules"))) {
      List<Path> shipped = files.filter(f -> f.toString().endsWith(".yaml")).toList();
      assertThat(shipped).isNotEmpty();
      for (Path file : shipped) {
        assertThat(RuleFiles.read(file, Duration.ofMinutes(1)).duplicates()).isEmpty();
      }
    }
  }

  @Test
  void whatPrometheusTakesIsTaken() {
    RuleFile file =
        read(
            """
            groups:
              - name: g
                limit: 10
                query_offset: 1m
                labels: { team: a }
                rules:
                  - &high
                    alert: High
                    expr: up > 1
                    labels: { severity: page }
                    annotations: { "my-note": "{{ $labels.job }}" }
                  - { <<: *high, alert: Higher, expr: up > 2 }
                  - { record: a:b, expr: up, for: 0s, annotations: {} }
            """);
    assertThat(file.rules()).hasSize(3);
    var merged = (AlertingRule) file.rules().get(1);
    assertThat(merged.name()).isEqualTo("Higher");
    assertThat(merged.expr()).hasToString("up > 2");
    assertThat(merged.texts().labels()).containsOnlyKeys("severity", "team");
    assertThat(merged.texts().annotations()).containsOnlyKeys("my-note");
  }

  @Test
  void ofSeveralDocumentsTheFirstIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("two.yaml");
    Files.writeString(file, "groups: [{name: one}]\n---\ngroups: [{name: two}]\n");

    RuleFile read = RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL);

    assertThat(read.groups()).hasSize(1);
    assertThat(read.groups().getFirst().name()).isEqualTo("one");
  }
}

package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.rule.RuleTestReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus' own promtool judges the same files; skipped where it is not installed. */
class PromtoolRefereeTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @TempDir Path folder;

  @BeforeAll
  static void promtoolIsInstalled() {
    assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
  }

  /** Templates whose text must be the same to the letter, one to a line. */
  private static final String TEMPLATES =
      """
      {{ $value }} {{ 1e6 }} {{ 100000.0 }} {{ 1e20 }} {{ 0.0001 }} {{ 0.00001 }} {{ 1000000 }}
      {{ printf "%v %g %.3g %f %e %s" 1234567.0 1234567.0 1234567.0 1.5 1.5 "x" }}
      {{ printf "%5.1f|%-4d|%04d|%x|%q|%v|%T|%+d|%s|%d" 1.25 7 7 255 "a" true 1.5 3 1 1.5 }}
      {{ printf "%6.2f%% %*d" 12.345 5 3 }} {{ print 1 2 "a" "b" 3 }} {{ println 1 "a" }}.
      {{ humanizeTimestamp 1435065584.128 }} {{ humanizeTimestamp 1435781430.781 }}
      {{ humanize 1e3 }} {{ humanize1024 1e6 }} {{ humanizePercentage 0.12345 }}
      {{ humanizeDuration 3661.7 }} {{ humanizeDuration 0.0123 }} {{ humanize "0.5" }}
      {{ slice "abcdef" 1 3 }} {{ index "a" 0 }} {{ index $labels "job" }} {{ len $labels }}
      {{ html "'<" }} {{ js "'<a>=\u00e9" }} {{ urlquery "a b&\u00e9*~" }}
      {{ $labels }} {{ $externalLabels }} {{ $externalURL }} {{ . }}
      {{ range query "n" | sortByLabel "host" }}{{ .Labels.host }}={{ .Value | humanize }};{{ end }}
      {{ with query "nosuch" }}{{ . | first | value }}{{ else }}none{{ end }}
      {{ stripPort $labels.instance }} {{ stripDomain $labels.instance }} {{ stripPort "[::1]:9" }}
      {{ reReplaceAll "(.*)\\\\.(.*):.*" "$1-${2}x" $labels.instance }} {{ match "^db" "db1" }}
      {{ graphLink "a b{c=\\"d\\"}" }} {{ tableLink "up" }} {{ title "the end" }}
      {{ define "x" }}{{ .arg0 }}-{{ .arg1 }}{{ end }}{{ template "x" (args 1 "b") }}
      {{ define "x" }}<{{ . }}>{{ end }}{{ template "x" }}{{ template "x" .Value }}
      {{ block "B" . }}{{ .Value }}{{ end }} {{ range $k, $v := $labels }}{{ $k }}={{ $v }},{{ end }}
      {{ range $i, $e := query "n" }}{{ $i }}{{ break }}{{ end }}
      {{ $x := 1 }}{{ if $x }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}
      {{ if and $labels.job (not $labels.nosuch) }}yes{{ end }} {{ or $labels.nosuch "d" }}
      a {{- /* c */ -}} b {{ "x" -}}   y {{ 'a' }} {{ -0.0 }} {{ true }} {{ eq "a" "b" "a" }}
      {{ (toTime 1435065584.128).Format "Mon Jan _2 15:04:05.000 MST 2006 PM 03:04 -0700 002" }}
      {{ parseDuration "1h2m10ms" }} {{ (toTime 90).Unix }} {{ (toTime 90).Year }}
      {{ lt 1.5 2.5 }} {{ ge "b" "a" }} {{ ne 1 2 }} {{ not 0 }} {{ and 1 0 2 }} {{ or 0 "" 5 }}
      {{ "a\\tb\\"c\\\\" }} {{ `raw\\n` }} {{ $labels.nosuch }}| {{ safeHtml "<b>" }}
      """;

  @Test
  void textsAreRenderedToTheLetterAsPrometheusDoes() throws Exception {
    List<String> templates = TEMPLATES.lines().toList();
    var rules = new StringBuilder("groups: [{name: g, rules: [{alert: A, expr: m, annotations: {");
    for (int i = 0; i < templates.size(); i++) {
      rules.append("a%02d: '%s', ".formatted(i, templates.get(i).replace("'", "''")));
    }
    write("rules.yaml", rules.append("}}]}]").toString());

    // Ours go into the file as what is expected; promtool says whether it finds the same.
    Path file = write("empty.yaml", test("{ q: q }"));
    String found = RuleTests.run(file).failures().getFirst().found().getFirst();
    var expected = new StringBuilder("{");
    for (int i = 0; i < templates.size(); i++) {
      String next = i == templates.size() - 1 ? "}" : ", a%02d=".formatted(i + 1);
      int start = found.indexOf("a%02d=".formatted(i)) + 4;
      int end = i == templates.size() - 1 ? found.length() - 1 : found.indexOf(next, start);
      String text = found.substring(start, end).replace("'", "''").replace("\n", "\n\n");
      expected.append("a%02d: '%s', ".formatted(i, text));
    }
    Path filled = write("filled.yaml", test(expected.append('}').toString()));

    Verdict verdict = promtool("test", "rules", filled.toString());

    assertThat(verdict.passed()).as(verdict.text()).isTrue();
  }

  private static String test(String annotations) {
    return """
    rule_files: [rules.yaml]
    tests:
      - interval: 1m
        external_labels: { region: eu }
        external_url: http://t.example.com/ops
        input_series:
          - { series: 'm{job="api", instance="db.example.com:9090"}', values: "1234567.5" }
          - { series: 'n{host="b"}', values: "2" }
          - { series: 'n{host="a"}', values: "100000000" }
        alert_rule_test:
          - eval_time: 0m
            alertname: A
            exp_alerts:
              - exp_labels: { job: api, instance: "db.example.com:9090" }
                exp_annotations: %s
    """
        .formatted(annotations);
  }

  static Stream<String> ruleFiles() {
    String group = "groups: [{name: g, rules: [%s]}]";
    return Stream.of(
            "{alert: A, expr: up}",
            "{alert: A, expr: 'up == 0 or absent(up)', for: 1d12h, keep_firing_for: 5m}",
            "{record: 'a:b', expr: 1 + 1}",
            "{record: a, expr: up, for: 0s}",
            "{record: a, expr: up, labels: {__name__: b}}",
            "{record: a, expr: up, for: 1m}",
            "{record: '', expr: up}",
            "{record: a, alert: b, expr: up}",
            "{alert: A}",
            "{alert: A, expr: 'up['}",
            "{alert: A, expr: up, annotation: {a: b}}",
            "{alert: A, expr: up, annotations: {a: '{{ $value }'}}",
            "{alert: A, expr: up, annotations: {a: '{{ nosuch }}'}}",
            "{alert: A, expr: up, annotations: {a: '{{ $nosuch }}'}}",
            "{alert: A, expr: up, annotations: {a: '{{ nil }}'}}",
            "{alert: A, expr: up, annotations: {a: '{{ break }}'}}",
            "{alert: A, expr: up, annotations: {a: '{{ if true }}x'}}",
            "{alert: A, expr: up, annotations: {a: '{{ 1 2 }}'}}",
            "{alert: A, expr: up, annotations: {a: '{{ define \"x\" }}{{ $labels.a }}{{ end }}'}}",
            "{alert: A, expr: up, for: 1 m}",
            "{alert: A, expr: up, for: -1m}",
            "{alert: A, expr: up, labels: {severity: 1}}")
        .map(group::formatted);
  }

  @ParameterizedTest
  @MethodSource("ruleFiles")
  void promtoolAndWeTakeAndRefuseTheSameRules(String text) throws Exception {
    Path file = write("rules.yaml", text);

    assertThat(weTake(file)).isEqualTo(promtool("check", "rules", file.toString()).passed());
  }

  @Test
  void promtoolAndWeReadSeveralDocumentsAndAliasesAlike() throws Exception {
    Path documents = write("two.yaml", "groups: [{name: a}]\n---\ngroups: [{name: b}]\n");
    Path aliases =
        write(
            "alias.yaml",
            """
            groups:
              - name: g
                rules:
                  - &first { alert: A, expr: &expr up, labels: &labels { a: b } }
                  - { <<: *first, alert: B }
                  - { alert: C, expr: *expr, labels: *labels }
            """);
    for (Path file : List.of(documents, aliases)) {
      assertThat(weTake(file)).isTrue();
      assertThat(promtool("check", "rules", file.toString()).passed()).isTrue();
    }
  }

  @Test
  void shippedRulesWithoutAdditionsOfOursPassPromtool() throws Exception {
    RuleTestReport report;
    Path rules =
        write(
            "rules.yaml",
            """
            groups:
              - name: g
                interval: 30s
                limit: 5
                rules:
                  - { record: 'job:up:sum', expr: sum by (job) (up) }
                  - alert: Down
                    expr: job:up:sum < 1
                    for: 1m
                    labels: { severity: page }
                    annotations: { summary: '{{ $labels.job }} is at {{ $value }}' }
            """);
    Path test =
        write(
            "test.yaml",
            """
            rule_files: [rules.yaml]
            evaluation_interval: 30s
            tests:
              - interval: 30s
                input_series:
                  - { series: 'up{job="a", instance="1"}', values: "1 1 0x4 _ stale 1" }
                  - { series: 'up{job="b", instance="1"}', values: "1+0x10" }
                alert_rule_test:
                  - { eval_time: 90s, alertname: Down, exp_alerts: [] }
                  - eval_time: 2m
                    alertname: Down
                    exp_alerts:
                      - exp_labels: { job: a, severity: page }
                        exp_annotations: { summary: a is at 0 }
                  - { eval_time: 5m, alertname: Down, exp_alerts: [] }
                promql_expr_test:
                  - expr: ALERTS
                    eval_time: 2m
                    exp_samples:
                      - { labels: 'ALERTS{alertname="Down", alertstate="firing", job="a", severity="page"}', value: 1 }
                  - expr: ALERTS_FOR_STATE
                    eval_time: 2m
                    exp_samples:
                      - { labels: 'ALERTS_FOR_STATE{alertname="Down", job="a", severity="page"}', value: 60 }
            """);
    report = RuleTests.run(test);

    assertThat(report.passed()).as("%s", report).isTrue();
    assertThat(promtool("check", "rules", rules.toString()).passed()).isTrue();
    Verdict verdict = promtool("test", "rules", test.toString());
    assertThat(verdict.passed()).as(verdict.text()).isTrue();
  }

  private static boolean weTake(Path file) {
    try {
      RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL);
      return true;
    } catch (SettingsProblem problem) {
      return false;
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private record Verdict(boolean passed, String text) {}

  private static Verdict promtool(String... arguments) throws Exception {
    var command = Stream.concat(Stream.of(PROMTOOL.toString()), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Verdict(process.exitValue() == 0, text);
  }
}

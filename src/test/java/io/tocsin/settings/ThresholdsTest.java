package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdsTest {

  @TempDir private Path folder;

  private static Section section(String text) {
    return Yaml.read(text, "tocsin.yaml", Secrets.none());
  }

  private static AlertingRule rule(List<Rule> rules, String name) {
    return (AlertingRule)
        rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aLimitOfTheConfigurationTakesThePlaceOfTheShippedOne() {
    Section top = section("thresholds: { HostCpuHigh: 0.95, HostDiskFillsSoon: 2d }");
    Thresholds thresholds = Thresholds.read(top);

    List<Rule> rules =
        RuleFiles.read(Path.of("alert-rules/hosts.yaml"), RuleFiles.DEFAULT_INTERVAL, thresholds)
            .rules();

    assertThat(rule(rules, "HostCpuHigh").expr().toString()).endsWith("> 0.95");
    assertThat(rule(rules, "HostCpuHigh").texts().annotations().get("description").toString())
        .endsWith("(alarm above 90 %). The threshold here is 0.95, as thresholds says.");
    assertThat(rule(rules, "HostDiskFillsSoon").expr().toString())
        .contains("[6h], 172800) < 0", "< 0.4");
    assertThat(rule(rules, "HostClockSkew").expr().toString()).endsWith("> 0.1");
    thresholds.requireUsed(top);
  }

  @Test
  void numbersInTextsAndDurationsAreNoLimits() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("r.yaml"),
            """
            groups:
              - name: g
                rules:
                  - alert: A
                    expr: sum(rate(a{code="5", x5="y"}[5m])) > 5 or a5 > 5.0
                    threshold: 5
            """);
    Thresholds thresholds = Thresholds.read(section("thresholds: { A: 7.5 }"));

    List<Rule> rules = RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL, thresholds).rules();

    assertThat(rule(rules, "A").expr())
        .hasToString("sum(rate(a{code=\"5\",x5=\"y\"}[5m])) > 7.5 or a5 > 7.5");
  }

  @Test
  void mistakesSayWhere() throws Exception {
    Section top = section("thresholds: { NoSuch: 1 }");
    assertThatThrownBy(() -> Thresholds.read(top).requireUsed(top))
        .hasMessageContaining("\"NoSuch\", of which no rule has a threshold");
    assertThatThrownBy(() -> Thresholds.read(section("thresholds: { A: much }")))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("thresholds.A");
    Path file =
        Files.writeString(
            folder.resolve("r.yaml"),
            "groups: [{name: g, rules: [{alert: A, expr: up > 3, threshold: 2}]}]");
    assertThatThrownBy(() -> RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL))
        .hasMessageContaining("threshold: found 2, which the expression does not have");
  }
}

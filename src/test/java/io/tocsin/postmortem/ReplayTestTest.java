package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.settings.RuleTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTestTest {

  @Test
  void theIncidentsSeriesAreWrittenAtTheirStepWithTheAlertThatPaged() {
    String test = ReplayTest.of(Stories.resolved()).orElseThrow();
    assertThat(test)
        .contains("rule_files:\n  - 'payments.yaml'\n", "input_series:", "promql_expr_test:")
        .contains("count(ALERTS{alertname=\"PaymentsDown\",alertstate=\"firing\"}) > bool 0")
        .containsPattern("- series: '[a-z_]+\\{.*\\}'\n        values: '[-0-9. _NaIf]+'");
  }

  @Test
  void theTestPassesWithTheRuleThatPagedAndFailsWithoutIt(@TempDir Path folder) throws Exception {
    Path test = folder.resolve("replay.yaml");
    Files.writeString(test, ReplayTest.of(Stories.resolved()).orElseThrow());
    String selector = Stories.resolved().graphs().getFirst().points().labels().get("__name__");
    Files.writeString(folder.resolve("payments.yaml"), rule(selector + " > 0.05"));
    assertThat(RuleTests.run(test).passed()).isTrue();
    Files.writeString(folder.resolve("payments.yaml"), rule(selector + " > 1e9"));
    assertThat(RuleTests.run(test).passed()).isFalse();
  }

  private static String rule(String expr) {
    return """
    groups:
      - name: payments
        rules:
          - alert: PaymentsDown
            expr: %s
            for: 30s
    """
        .formatted(expr);
  }

  @Test
  void withoutSeriesThereIsNoTest() {
    Evidence known = Stories.resolved();
    assertThat(
            ReplayTest.of(
                new Evidence(known.incident(), known.events(), List.of(), List.of(), List.of())))
        .isEmpty();
  }
}

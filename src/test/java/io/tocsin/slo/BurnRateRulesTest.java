package io.tocsin.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BurnRateRulesTest {

  @Test
  void theFourPairsOfTheWorkbookWithLimitsFromTheTarget() {
    String yaml =
        BurnRateRules.yaml(
            List.of(
                new Objective(
                    "web \"main\"",
                    0.999,
                    "sum(rate(bad[WINDOW]))",
                    "sum(rate(all[WINDOW]))",
                    "backend",
                    Map.of("component", "Web app"))));

    assertThat(yaml)
        .contains("(sum(rate(bad[3d]))) / ((sum(rate(all[3d]))) > 0)")
        .contains("slo:errors:ratio1h{slo=\\\"web \\\\\\\"main\\\\\\\"\\\"} > 0.0144")
        .contains("slo:errors:ratio6h", "> 0.006")
        .contains("\"component\": \"Web app\"");
  }

  @Test
  void anObjectiveIsARatioOfEventsOverAWindow() {
    assertThatThrownBy(() -> new Objective("a", 99.9, "WINDOW", "WINDOW", "o", Map.of()))
        .hasMessageContaining("found 99.9, expected a ratio");
    assertThatThrownBy(() -> new Objective("a", 0.9, "up", "WINDOW", "o", Map.of()))
        .hasMessageContaining("the word WINDOW");
    assertThat(BurnRateRules.yaml(List.of())).isEqualTo("groups: []\n");
  }
}

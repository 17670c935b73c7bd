package io.tocsin.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {

  @Test
  void threeNinesOfThirtyDaysAllowFortyThreeMinutes() {
    var budget =
        new ErrorBudget(ErrorBudget.DEFAULT_TARGET, Duration.ofDays(30), Duration.ofMinutes(10));

    assertThat(budget.allowed()).isEqualTo(Duration.ofSeconds(2592));
    assertThat(budget.left()).isEqualTo(Duration.ofSeconds(1992));
    assertThat(budget.used()).isCloseTo(600.0 / 2592, within(1e-9));
    assertThat(budget.share(Duration.ofMinutes(86).plusSeconds(24))).isCloseTo(2, within(1e-9));
  }

  @Test
  void theBurnRateIsOneWhenTheBudgetLastsExactlyThePeriod() {
    assertThat(ErrorBudget.burnRate(.999, new StateSeconds(998, 1, 1, 50, 50)).orElseThrow())
        .isCloseTo(1, within(1e-9));
    assertThat(ErrorBudget.burnRate(.999, new StateSeconds(0, 0, 3600, 0, 0)).orElseThrow())
        .isCloseTo(1000, within(1e-6));
    assertThat(ErrorBudget.burnRate(.999, new StateSeconds(0, 0, 0, 60, 0))).isEmpty();
  }

  @Test
  void availabilityLeavesMaintenanceAndUnknownTimeOut() {
    assertThat(new StateSeconds(890, 100, 10, 500, 700).availability()).hasValue(.99);
    assertThat(new StateSeconds(0, 0, 0, 500, 700).availability()).isEmpty();
  }

  @Test
  void aTargetOfOneLeavesNoBudgetAndIsRefused() {
    assertThatThrownBy(() -> new ErrorBudget(1, Duration.ofDays(30), Duration.ZERO))
        .hasMessageContaining("target between 0 and 1");
  }

  @Test
  void aHistoryTellsTheDowntimeOfAnyStretch() {
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    var history =
        new StateHistory(
            List.of(
                new StateHistory.Change(start.plusSeconds(600), DayState.UP),
                new StateHistory.Change(start, DayState.DOWN),
                new StateHistory.Change(start.plusSeconds(900), DayState.MAINTENANCE)));

    assertThat(history.between(start.minusSeconds(60), start.plusSeconds(960)))
        .isEqualTo(new StateSeconds(300, 0, 600, 60, 60));
    assertThat(history.between(start.plusSeconds(540), start.plusSeconds(660)))
        .isEqualTo(new StateSeconds(60, 0, 60, 0, 0));
  }

  @Test
  void theShippedTiersAreTheOwners() {
    assertThat(Tier.SHIPPED)
        .containsExactly(
            new Tier("Starter", Duration.ofHours(24), Duration.ofDays(7), .995),
            new Tier("Professional", Duration.ofHours(4), Duration.ofDays(2), .999),
            new Tier("Enterprise", Duration.ofHours(1), Duration.ofHours(8), .9995));
  }
}

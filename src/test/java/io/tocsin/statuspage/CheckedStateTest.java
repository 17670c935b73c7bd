package io.tocsin.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.check.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckedStateTest {

  private static CheckedState check(Verdict verdict, Severity severity) {
    return new CheckedState(verdict, severity);
  }

  @Test
  void theWorstKnownCheckDecides() {
    assertThat(
            CheckedState.together(
                List.of(
                    check(Verdict.UP, Severity.CRITICAL),
                    check(Verdict.DOWN, Severity.HIGH),
                    check(Verdict.DEGRADED, Severity.CRITICAL))))
        .isEqualTo(ComponentState.PARTIAL_OUTAGE);
    assertThat(CheckedState.together(List.of(check(Verdict.DOWN, Severity.CRITICAL))))
        .isEqualTo(ComponentState.MAJOR_OUTAGE);
    assertThat(CheckedState.together(List.of(check(Verdict.DOWN, Severity.MEDIUM))))
        .isEqualTo(ComponentState.DEGRADED_PERFORMANCE);
  }

  @Test
  void notKnownOnlyWhenNoCheckKnows() {
    CheckedState blind = check(Verdict.UNKNOWN, Severity.CRITICAL);
    assertThat(CheckedState.together(List.of(blind, check(Verdict.UP, Severity.LOW))))
        .isEqualTo(ComponentState.OPERATIONAL);
    assertThat(CheckedState.together(List.of(blind))).isEqualTo(ComponentState.UNKNOWN);
    assertThat(CheckedState.together(List.of())).isEqualTo(ComponentState.UNKNOWN);
  }
}

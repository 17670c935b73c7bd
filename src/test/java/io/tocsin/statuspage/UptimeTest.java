package io.tocsin.statuspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class UptimeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static Uptime of(ComponentDay... days) {
    return Uptime.of(List.of(days), TODAY);
  }

  @Test
  void thereIsABarForEachOfNinetyDaysAndTodayIsLast() {
    Uptime uptime = of(new ComponentDay(TODAY, 100, 0, 0, 0, 0));
    assertThat(uptime.bars()).hasSize(90);
    assertThat(uptime.bars().getLast())
        .isEqualTo(new DayBar(TODAY, ComponentState.OPERATIONAL, "21 Nov: no trouble"));
    assertThat(uptime.bars().getFirst().words()).isEqualTo("24 Aug: no data");
  }

  @Test
  void unknownTimeAndMaintenanceCountForNothing() {
    Uptime uptime = of(new ComponentDay(TODAY, 700, 200, 100, 5_000, 9_000));
    assertThat(uptime.ratio().orElseThrow()).isCloseTo(0.9, within(1e-12));
    assertThat(uptime.words()).isEqualTo("90.00 %");
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThat(of().words()).isEqualTo("no data yet");
    assertThat(of(new ComponentDay(TODAY, 0, 0, 0, 86_400, 0)).ratio()).isEmpty();
  }

  @Test
  void aSecondDownIsNeverRoundedUpToAHundred() {
    assertThat(of(new ComponentDay(TODAY, 86_400 * 89, 0, 1, 0, 0)).words()).isEqualTo("99.99 %");
    assertThat(of(new ComponentDay(TODAY, 86_400, 0, 0, 0, 0)).words()).isEqualTo("100 %");
  }

  @Test
  void aBarSaysWhatHappenedThatDay() {
    assertThat(PublicWords.day(new ComponentDay(TODAY, 1, 0, 840, 0, 0)))
        .isEqualTo("21 Nov: 14 min partial outage");
    assertThat(PublicWords.day(new ComponentDay(TODAY, 1, 300, 7_500, 0, 3_600)))
        .isEqualTo("21 Nov: 2 h 5 min major outage, 5 min degraded, 1 h maintenance");
    assertThat(PublicWords.day(new ComponentDay(TODAY, 1, 0, 20, 0, 0)))
        .isEqualTo("21 Nov: under 1 min partial outage");
  }

  @Test
  void aDayUnderMaintenanceAloneIsBlueAndADayWithoutKnowledgeGrey() {
    assertThat(new ComponentDay(TODAY, 0, 0, 0, 10, 10).worst())
        .isEqualTo(ComponentState.UNDER_MAINTENANCE);
    assertThat(new ComponentDay(TODAY, 0, 0, 0, 10, 0).worst()).isEqualTo(ComponentState.UNKNOWN);
  }
}

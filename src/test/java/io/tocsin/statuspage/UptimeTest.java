package io.tocsin.statuspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeSubject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class UptimeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static Uptime of(StateSeconds today) {
    var subject = UptimeSubject.component("Database");
    return Uptime.of(List.of(new DayUptime(subject, TODAY, today)), TODAY);
  }

  @Test
  void thereIsABarForEachOfNinetyDaysAndTodayIsLast() {
    Uptime uptime = of(new StateSeconds(100, 0, 0, 0, 0));
    assertThat(uptime.bars()).hasSize(90);
    assertThat(uptime.bars().getLast())
        .returns(ComponentState.OPERATIONAL, DayBar::state)
        .returns("21 Nov: no trouble", DayBar::words);
    assertThat(uptime.bars().getFirst().words()).isEqualTo("24 Aug: no data");
  }

  @Test
  void unknownTimeAndMaintenanceCountForNothing() {
    Uptime uptime = of(new StateSeconds(700, 200, 100, 5_000, 9_000));
    assertThat(uptime.ratio().orElseThrow()).isCloseTo(0.9, within(1e-12));
    assertThat(uptime.words()).isEqualTo("90.00 %");
  }

  @Test
  void theWordsSayWhatIsMeasuredWhenItIsLessThanNinetyDays() {
    var subject = UptimeSubject.component("Database");
    var up = new StateSeconds(720, 0, 0, 0, 0);
    var words = PublicWords.ENGLISH;
    assertThat(words.uptimeOver(of(up), TODAY)).isEqualTo("100 % uptime, 12 min measured so far");
    assertThat(words.uptimeOver(of(StateSeconds.NONE), TODAY)).isEqualTo("no data yet");
    for (int age : List.of(1, 87)) {
      LocalDate first = TODAY.minusDays(age);
      Uptime uptime = Uptime.of(List.of(new DayUptime(subject, first, up)), TODAY);
      assertThat(words.uptimeOver(uptime, TODAY))
          .isEqualTo("100 % uptime since " + words.date(first));
    }
    Uptime whole = Uptime.of(List.of(new DayUptime(subject, TODAY.minusDays(89), up)), TODAY);
    assertThat(words.uptimeOver(whole, TODAY)).isEqualTo("100 % uptime in 90 days");
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThat(of(StateSeconds.NONE).words()).isEqualTo("no data yet");
    assertThat(of(new StateSeconds(0, 0, 0, 86_400, 0)).ratio()).isEmpty();
  }

  @Test
  void aSecondDownIsNeverRoundedUpToAHundred() {
    assertThat(of(new StateSeconds(86_400 * 89, 0, 1, 0, 0)).words()).isEqualTo("99.99 %");
    assertThat(of(new StateSeconds(86_400, 0, 0, 0, 0)).words()).isEqualTo("100 %");
  }

  @Test
  void aBarSaysWhatHappenedThatDay() {
    assertThat(words(new StateSeconds(1, 0, 840, 0, 0))).isEqualTo("21 Nov: 14 min partial outage");
    assertThat(words(new StateSeconds(1, 300, 7_500, 0, 3_600)))
        .isEqualTo("21 Nov: 2 h 5 min major outage, 5 min degraded, 1 h maintenance");
    assertThat(words(new StateSeconds(1, 0, 20, 0, 0)))
        .isEqualTo("21 Nov: under 1 min partial outage");
  }

  @Test
  void aDayUnderMaintenanceAloneIsBlueAndADayWithoutKnowledgeGrey() {
    assertThat(DayBar.worst(new StateSeconds(0, 0, 0, 10, 10)))
        .isEqualTo(ComponentState.UNDER_MAINTENANCE);
    assertThat(DayBar.worst(new StateSeconds(0, 0, 0, 10, 0))).isEqualTo(ComponentState.UNKNOWN);
  }

  private static String words(StateSeconds seconds) {
    return DayBar.of(TODAY, seconds).words();
  }
}

package io.tocsin.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlaReportTest {

  private static final YearMonth MARCH = YearMonth.of(2026, 3);

  private static DayUptime day(String component, int day, double down, double maintenance) {
    return new DayUptime(
        UptimeSubject.component(component),
        LocalDate.of(2026, 3, day),
        new StateSeconds(86_400 - down - maintenance, 0, down, 0, maintenance));
  }

  private static SlaReport report(DayUptime... days) {
    return SlaReport.of(MARCH, List.of(days), Tier.SHIPPED, SlaReport.Credit.SHIPPED);
  }

  @Test
  void eachTierIsHeldAgainstItsOwnTarget() {
    // 99.8 % of one day: enough for Starter, not for the others.
    SlaReport.Line line = report(day("API", 1, 172.8, 0)).lines().getFirst();
    assertThat(line.uptime()).hasValue(0.998);
    assertThat(line.promises())
        .containsExactly(
            new SlaReport.Promise("Starter", 0.995, true, 0),
            new SlaReport.Promise("Professional", 0.999, false, 0.10),
            new SlaReport.Promise("Enterprise", 0.9995, false, 0.10));
  }

  @Test
  void theCreditGrowsWithTheOutage() {
    assertThat(report(day("API", 1, 2_000, 0)).lines().getFirst().promises())
        .extracting(SlaReport.Promise::credit)
        .containsExactly(0.25, 0.25, 0.25);
    assertThat(report(day("API", 1, 20_000, 0)).lines().getFirst().promises())
        .extracting(SlaReport.Promise::credit)
        .containsExactly(0.50, 0.50, 0.50);
  }

  @Test
  void plannedMaintenanceAndOtherMonthsDoNotCount() {
    var february =
        new DayUptime(
            UptimeSubject.component("API"),
            LocalDate.of(2026, 2, 28),
            new StateSeconds(0, 0, 86_400, 0, 0));
    SlaReport.Line line = report(day("API", 1, 0, 7_200), february).lines().getFirst();
    assertThat(line.uptime()).hasValue(1);
    assertThat(line.maintenanceSeconds()).isEqualTo(7_200);
  }
}

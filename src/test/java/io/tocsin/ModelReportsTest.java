package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Intake;
import io.tocsin.model.ModelEntry;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.PredictionRows;
import io.tocsin.model.ReadRows;
import io.tocsin.model.ReportPlan;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportLetters;
import io.tocsin.model.report.ReportStore;
import io.tocsin.notify.SendResult;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresFindings;
import io.tocsin.postgres.PostgresModelReports;
import io.tocsin.postgres.PostgresReportLetters;
import io.tocsin.postgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chore that makes reports, over a real database and with a clock of the test's own. */
@ExtendWith(TestDatabase.class)
class ModelReportsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");

  private final Database database;
  private final ReportStore store;
  private final ReportLetters letters;
  private final Models models = new Models(ModelStore.inMemory());
  private Instant now = at(DAY, "12:00");

  ModelReportsTest(Database database) {
    this.database = database;
    this.store = new PostgresModelReports(database);
    this.letters = new PostgresReportLetters(database);
  }

  @BeforeEach
  void empty() {
    database.jdbi().useHandle(handle -> handle.execute("TRUNCATE model_report, report_letter"));
  }

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant();
  }

  private ModelReports started() {
    return new ModelReports(models, new PostgresFindings(database), store, letters, () -> now);
  }

  private void watch(String name, boolean enabled, String time) {
    ModelSpec usual = ModelSpec.of(name);
    var spec =
        new ModelSpec(
            name,
            usual.window(),
            usual.accuracyWindow(),
            usual.reference(),
            usual.slices(),
            usual.join(),
            usual.positive(),
            new ReportPlan(
                enabled,
                LocalTime.parse(time),
                BERLIN,
                List.of("ml@example.com", "ana@example.com")),
            usual.targets());
    models.configure(List.of(spec), List.of());
  }

  /** Rows predicted now. */
  private void predict(String model, int count) throws Exception {
    String rows =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"time\":\"%s\",\"features\":{\"x\":%d}}".formatted(now, i))
            .collect(Collectors.joining(",", "[", "]"));
    var read = Intake.predictions(rows.getBytes(StandardCharsets.UTF_8), models.watch(model), now);
    accept(model, read);
  }

  private void accept(String model, ReadRows<PredictionRows> read) throws Exception {
    models
        .accept(model, new ModelEntry.Predictions(read.rows(), 0, 0), now)
        .toCompletableFuture()
        .get();
  }

  private ModelReport report(String model, LocalDate day) {
    return store.find(model, day).orElseThrow();
  }

  @Test
  void aDayOfNoOtherZoneIsOneOfUtc() throws Exception {
    predict("plain", 3);
    now = at(DAY.plusDays(1), "12:00");

    started().makeDue();

    assertThat(report("plain", DAY).zone()).isEqualTo("UTC");
  }

  @Test
  void aReportIsMadeOnceItsTimeHasComeAndNeverTwice() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 3);
    ModelReports reports = started();

    now = at(DAY.plusDays(1), "00:04:59");
    reports.makeDue();
    assertThat(store.days("ranker")).isEmpty();

    now = at(DAY.plusDays(1), "00:05");
    reports.makeDue();
    ModelReport made = report("ranker", DAY);
    assertThat(made.predictions()).isEqualTo(3);
    assertThat(made.zone()).isEqualTo("Europe/Berlin");
    assertThat(made.from()).isEqualTo("2026-11-19T23:00:00Z");
    assertThat(made.to()).isEqualTo("2026-11-20T23:00:00Z");

    now = at(DAY.plusDays(1), "18:00");
    reports.makeDue();
    started().makeDue();
    assertThat(store.days("ranker")).containsExactly(DAY);
    assertThat(report("ranker", DAY)).isEqualTo(made);
  }

  @Test
  void missedDaysAreMadeUpAfterAStopButNoMoreThanAWeek() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 1);
    now = at(DAY.plusDays(1), "01:00");
    started().makeDue();
    predict("ranker", 5);

    now = at(DAY.plusDays(4), "09:00");
    started().makeDue();
    assertThat(store.days("ranker"))
        .containsExactly(DAY.plusDays(3), DAY.plusDays(2), DAY.plusDays(1), DAY);
    assertThat(report("ranker", DAY.plusDays(1)).predictions()).isEqualTo(5);
    assertThat(report("ranker", DAY.plusDays(2)).predictions()).isZero();

    now = at(DAY.plusDays(30), "09:00");
    started().makeDue();
    assertThat(store.days("ranker")).hasSize(4 + 7).startsWith(DAY.plusDays(29));
  }

  @Test
  void aDayOf23HoursAndOneOf25AreWhole() throws Exception {
    watch("ranker", true, "00:05");
    ModelReports reports = started();
    for (var day : List.of(LocalDate.parse("2026-03-29"), LocalDate.parse("2026-10-25"))) {
      Instant end = day.plusDays(1).atStartOfDay(BERLIN).toInstant();
      for (now = day.atStartOfDay(BERLIN).toInstant().minusSeconds(3600);
          !now.isAfter(end);
          now = now.plusSeconds(3600)) {
        predict("ranker", 1);
      }
      now = end.plus(Duration.ofMinutes(5));
      reports.makeDue();
    }

    ModelReport short23 = report("ranker", LocalDate.parse("2026-03-29"));
    ModelReport long25 = report("ranker", LocalDate.parse("2026-10-25"));
    assertThat(Duration.between(short23.from(), short23.to())).hasHours(23);
    assertThat(short23.predictions()).isEqualTo(23);
    assertThat(Duration.between(long25.from(), long25.to())).hasHours(25);
    assertThat(long25.predictions()).isEqualTo(25);
  }

  @Test
  void aTimeThatTheChangeOfClocksLeavesOutIsAsMuchLater() throws Exception {
    watch("ranker", true, "02:30");
    var day = LocalDate.parse("2026-03-28");
    now = at(day, "12:00");
    predict("ranker", 1);
    ModelReports reports = started();

    // On the 29th the clocks go from 02:00 straight to 03:00.
    now = Instant.parse("2026-03-29T01:29:59Z");
    reports.makeDue();
    assertThat(store.days("ranker")).isEmpty();

    now = Instant.parse("2026-03-29T01:30:00Z");
    reports.makeDue();
    assertThat(store.days("ranker")).containsExactly(day);
  }

  @Test
  void aTimeThatComesTwiceIsTheFirst() throws Exception {
    watch("ranker", true, "02:30");
    var day = LocalDate.parse("2026-10-24");
    now = at(day, "12:00");
    predict("ranker", 1);
    ModelReports reports = started();

    now = Instant.parse("2026-10-25T00:30:00Z");
    reports.makeDue();
    assertThat(store.days("ranker")).containsExactly(day);

    now = Instant.parse("2026-10-25T01:30:00Z");
    reports.makeDue();
    assertThat(store.days("ranker")).containsExactly(day);
  }

  @Test
  void whatWasMadeOnDemandGivesWayToTheWholeDay() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 2);
    ModelReports reports = started();
    ModelReport half = reports.makeNow(models.watch("ranker"));
    assertThat(half.whole()).isFalse();
    assertThat(report("ranker", DAY)).isEqualTo(half);

    now = at(DAY, "20:00");
    predict("ranker", 2);
    now = at(DAY.plusDays(1), "00:06");
    reports.makeDue();
    assertThat(report("ranker", DAY).predictions()).isEqualTo(4);
    assertThat(report("ranker", DAY).whole()).isTrue();
  }

  @Test
  void aModelThatIsOffOrHasNeverHadARowHasNoReport() throws Exception {
    watch("off", false, "00:05");
    watch("silent", true, "00:05");
    predict("off", 1);
    now = at(DAY.plusDays(1), "00:06");
    started().makeDue();

    assertThat(store.days("off")).isEmpty();
    assertThat(store.days("silent")).isEmpty();
  }

  @Test
  void reportsOlderThan400DaysAreForgotten() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 1);
    now = at(DAY.plusDays(1), "00:06");
    started().makeDue();

    now = at(DAY.plusDays(400), "12:00");
    started().makeDue();
    assertThat(store.days("ranker")).contains(DAY);

    now = at(DAY.plusDays(401), "12:00");
    started().makeDue();
    assertThat(store.days("ranker")).isNotEmpty().doesNotContain(DAY);
  }

  @Test
  void aReportIsMailedToEachAddressOnceAlsoAfterARestart() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 3);
    now = at(DAY.plusDays(1), "00:05");
    var posted = new ArrayList<String>();

    started().makeDue();
    mailing(posted, new SendResult.Delivered("accepted")).round(now);
    started().makeDue();
    mailing(posted, new SendResult.Delivered("accepted")).round(now.plusSeconds(60));

    assertThat(posted)
        .containsExactlyInAnyOrder("2026-11-20 ml@example.com", "2026-11-20 ana@example.com");
  }

  @Test
  void aMailThatFailsIsTriedAgainLaterAndLaterAndGivenUpAfterADay() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 3);
    now = at(DAY.plusDays(1), "00:05");
    started().makeDue();
    var posted = new ArrayList<String>();
    ReportRounds rounds = mailing(posted, new SendResult.Retry("busy", Optional.empty()));

    for (int minute = 0; minute < 60 * 30; minute++) {
      rounds.round(now.plusSeconds(60L * minute));
    }

    assertThat(posted).hasSizeBetween(2 * 25, 2 * 32);
    assertThat(letters.due(now.plus(Duration.ofDays(9)), 10)).isEmpty();
  }

  @Test
  void aRefusedAddressIsNotTriedAgainAndAReportAskedForIsNotMailed() throws Exception {
    watch("ranker", true, "00:05");
    predict("ranker", 3);
    var posted = new ArrayList<String>();
    started().makeNow(models.find("ranker").orElseThrow());
    mailing(posted, new SendResult.Refused("no such box")).round(now);
    assertThat(posted).isEmpty();

    now = at(DAY.plusDays(1), "00:05");
    started().makeDue();
    mailing(posted, new SendResult.Refused("no such box")).round(now);
    mailing(posted, new SendResult.Refused("no such box")).round(now.plusSeconds(3_600));
    assertThat(posted).hasSize(2);
  }

  private ReportRounds mailing(List<String> posted, SendResult result) {
    return new ReportRounds(
        letters,
        store,
        (report, address) -> {
          posted.add(report.day() + " " + address);
          return CompletableFuture.completedFuture(result);
        });
  }
}

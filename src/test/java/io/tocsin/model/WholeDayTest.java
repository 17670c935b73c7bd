package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.model.report.InputReader;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import io.tocsin.model.report.ReportHtml;
import io.tocsin.model.report.ReportMarkdown;
import io.tocsin.model.report.ReportWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The report of a model whose windows are of an hour speaks of all of the day. */
class WholeDayTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private static final ReferenceSource BASELINE = new ReferenceSource.Baseline();
  private static final ReferenceSource HOUR_BEFORE =
      new ReferenceSource.Trailing(Duration.ofHours(1), Duration.ofHours(1));

  private final Random random = new Random(5);

  private static ModelSpec spec(ReferenceSource reference) {
    ModelSpec usual = ModelSpec.of("ranker");
    return new ModelSpec(
        "ranker",
        usual.window(),
        usual.accuracyWindow(),
        reference,
        List.of("region"),
        usual.join(),
        Optional.empty(),
        new ReportPlan(true, LocalTime.of(0, 5), BERLIN, List.of()),
        usual.targets());
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atStartOfDay(BERLIN).toInstant().plus(Duration.ofHours(hour));
  }

  /** Rows spread over an hour, in two versions; the plan is "basic" in one of two rows. */
  private byte[] rows(Instant from, int count, double mean, String plan) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "{\"time\":\"%s\",\"version\":\"v%d\",\"labels\":{\"region\":\"eu\"},"
                  + "\"confidence\":0.9,\"features\":{\"x\":%s,\"plan\":\"%s\"}}%n",
              from.plusMillis(i * 3_600_000L / count),
              i % 3,
              mean + random.nextGaussian(),
              i % 2 == 0 ? "basic" : plan));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void predict(ModelWatch watch, LocalDate day, int hour, double mean, String plan)
      throws Exception {
    Instant now = at(day, hour + 1);
    var read = Intake.predictions(rows(at(day, hour), 300, mean, plan), watch, now);
    watch.apply(new ModelEntry.Predictions(read.rows(), 0, 0), now);
  }

  private ModelWatch watch(ReferenceSource reference) {
    return ModelWatch.of(spec(reference), List.<DriftQuestion>of());
  }

  private void freeze(ModelWatch watch) throws Exception {
    Instant now = at(DAY, 0);
    var read = Intake.predictions(rows(now.minusSeconds(3600), 20_000, 0, "gold"), watch, now);
    watch.apply(new ModelEntry.BaselineRows(read.rows()), now);
  }

  private static ModelReport report(ModelWatch watch, LocalDate day, Instant now) {
    return ReportWriter.write(watch, day, BERLIN, now, List.of(), List.of());
  }

  private static Input input(ModelReport report, String name) {
    return report.inputs().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aShiftAtNoonIsInTheReportMadeAfterMidnightAndAfterARestart() throws Exception {
    ModelWatch watch = watch(BASELINE);
    freeze(watch);
    for (int hour = 0; hour < 24; hour++) {
      boolean noon = hour >= 10 && hour < 16;
      predict(watch, DAY, hour, noon ? 3 : 0, noon ? "trial" : "gold");
    }
    // Rows of the day after are not its rows.
    predict(watch, DAY.plusDays(1), 0, 50, "strange");
    Instant now = at(DAY.plusDays(1), 6);

    ModelReport made = report(watch, DAY, now);

    Input x = input(made, "x");
    assertThat(x.rows()).isEqualTo(24 * 300);
    assertThat(x.state()).isEqualTo(State.CRITICAL);
    assertThat(x.outside().orElseThrow()).isCloseTo(28.0 / 7200, within(1e-12));
    Input plan = input(made, "plan");
    assertThat(plan.rows()).isEqualTo(24 * 300);
    assertThat(plan.unseen().orElseThrow()).isCloseTo(6.0 / 24 / 2, within(1e-12));
    assertThat(made.confidence().rows()).isEqualTo(24 * 300);
    assertThat(made.comparedWhole()).isTrue();
    assertThat(ReportMarkdown.of(made))
        .contains("All rows of the day beside the baseline frozen at 2026-11-20 00:00.");

    ModelWatch restarted = ModelWatch.restore(spec(BASELINE), List.of(), watch.snapshot());
    assertThat(report(restarted, DAY, now)).isEqualTo(made);
  }

  @Test
  void aDayIsComparedWithTheDaysBeforeWhereTheMovingReferenceIsForgotten() throws Exception {
    ModelWatch watch = watch(HOUR_BEFORE);
    for (int day = 0; day < 4; day++) {
      for (int hour = 0; hour < 24; hour += 4) {
        predict(watch, DAY.plusDays(day), hour, day == 3 ? .8 : 0, "gold");
      }
    }

    ModelReport quiet = report(watch, DAY.plusDays(2), at(DAY.plusDays(4), 1));
    ModelReport moved = report(watch, DAY.plusDays(3), at(DAY.plusDays(4), 1));

    assertThat(input(quiet, "x").state()).isEqualTo(State.QUIET);
    assertThat(input(quiet, "x").rows()).isEqualTo(6 * 300);
    assertThat(input(moved, "x").state()).isEqualTo(State.CRITICAL);
    assertThat(input(moved, "plan").state()).isEqualTo(State.QUIET);
    assertThat(moved.compared().orElseThrow().referenceTo()).isEqualTo(moved.from());
  }

  @Test
  void aDayLongAgoIsNotTakenForOneWithoutRows() throws Exception {
    ModelWatch watch = watch(BASELINE);
    freeze(watch);
    predict(watch, DAY, 1, 0, "gold");

    ModelReport late = report(watch, DAY, at(DAY.plusDays(9), 1));

    assertThat(late.comparedWhole()).isFalse();
    assertThat(input(late, "x").state()).isEqualTo(State.INSUFFICIENT_DATA);
    assertThat(ReportMarkdown.of(late)).contains("the day was no longer kept");
    assertThat(ReportHtml.of(late, Optional.empty())).contains("the day was no longer kept");
  }

  @Test
  void namesThatComeAndGoDoNotGrowADayAndStayCounted() throws Exception {
    ModelWatch watch = watch(BASELINE);
    freeze(watch);
    for (int hour = 0; hour < 24; hour++) {
      for (int batch = 0; batch < 3; batch++) {
        int from = (hour * 3 + batch) * 100;
        Instant now = at(DAY, hour).plusSeconds(1200 * batch + 60);
        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
          text.append(
              "{\"time\":\"%s\",\"features\":{\"plan\":\"p%d\"}}%n".formatted(now, from + i));
        }
        var read = Intake.predictions(text.toString().getBytes(StandardCharsets.UTF_8), watch, now);
        watch.apply(new ModelEntry.Predictions(read.rows(), 0, 0), now);
      }
    }

    Input plan = input(report(watch, DAY, at(DAY.plusDays(1), 1)), "plan");

    assertThat(plan.rows()).isEqualTo(7200);
    assertThat(plan.unseen().orElseThrow()).isEqualTo(1);
    assertThat(watch.snapshot()).hasSizeLessThan(60_000);
  }

  @Test
  void aStateWithoutDaysIsReadAndItsDaysBeginEmpty() throws Exception {
    ModelWatch watch = watch(BASELINE);
    freeze(watch);
    predict(watch, DAY, 1, 0, "gold");
    predict(watch, DAY, 2, 0, "gold");
    Instant now = at(DAY, 3);

    ModelWatch restored =
        ModelWatch.restore(spec(BASELINE), List.of(), withoutDays(watch.snapshot()));

    assertThat(restored.predictions()).isEqualTo(watch.predictions());
    assertThat(InputReader.latest(restored, now)).isEqualTo(InputReader.latest(watch, now));
    assertThat(input(report(watch, DAY, now), "x").rows()).isEqualTo(600);
    assertThat(input(report(restored, DAY, now), "x").rows()).isZero();
    predict(restored, DAY, 3, 0, "gold");
    assertThat(input(report(restored, DAY, at(DAY, 4)), "x").rows()).isEqualTo(300);
  }

  /** As versions before wrote it: another number in front, and no days at the end. */
  private static byte[] withoutDays(byte[] snapshot) throws Exception {
    byte[] plain;
    try (var in = new GZIPInputStream(new ByteArrayInputStream(snapshot))) {
      plain = in.readAllBytes();
    }
    ByteBuffer.wrap(plain).putInt(0, 2);
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void theDayOfAChangeOfClocksHasTwentyFiveHours() throws Exception {
    LocalDate autumn = LocalDate.parse("2026-10-25");
    ModelWatch watch = watch(BASELINE);
    freeze(watch);
    for (int hour = -1; hour < 26; hour++) {
      predict(watch, autumn, hour, 0, "gold");
    }

    ModelReport made = report(watch, autumn, at(autumn, 26));

    assertThat(Duration.between(made.from(), made.to())).isEqualTo(Duration.ofHours(25));
    assertThat(input(made, "x").rows()).isEqualTo(25 * 300);
  }
}

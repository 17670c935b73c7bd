package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Window;
import io.tocsin.label.Labels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows by version and slice, their references, and truths joined late. */
class ModelWindowsTest {

  private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Subject X = new Subject.Feature("x");
  private static final ReferenceSource BASELINE = new ReferenceSource.Baseline();

  private static ModelSpec spec(int joinRows) {
    return new ModelSpec(
        "ranker",
        HOUR,
        Duration.ofDays(7),
        BASELINE,
        List.of("region"),
        new ModelSpec.Join(Duration.ofDays(7), joinRows, DAY),
        Optional.empty());
  }

  private static DriftQuestion ask(ReferenceSource reference, Segment segment) {
    return new DriftQuestion("ranker", X, DriftTest.PSI, HOUR, reference, 200, segment);
  }

  private static Prediction row(
      int number, Instant at, String version, String region, double x, String answer) {
    return new Prediction(
        Optional.of("p" + number),
        at.toEpochMilli(),
        version,
        Map.of("x", new FeatureValue.Numeric(x)),
        new FeatureValue.Category(answer),
        OptionalDouble.of(.8),
        OptionalDouble.empty(),
        region.isEmpty() ? Labels.EMPTY : Labels.of("region", region));
  }

  private static Sides sides(ModelWatch model, DriftQuestion question, Instant now) {
    return model.sides(question, now).orElseThrow();
  }

  @Test
  void versionsAddUpToAllAndSlicesAreCountedApart() throws IOException {
    var model = ModelWatch.of(spec(1000), List.of());
    var random = new Random(1);
    var rows = new ArrayList<Prediction>();
    for (int i = 0; i < 30_000; i++) {
      String version = i % 3 == 0 ? "v2" : "v1";
      String region = i % 5 == 0 ? "" : i % 2 == 0 ? "eu" : "us";
      double x = random.nextGaussian() + (version.equals("v2") ? 1 : 0);
      rows.add(row(i, START.plusMillis(i * 100L), version, region, x, "buy"));
    }
    Instant now = START.plus(HOUR);
    Rows.accept(model, rows.subList(0, 12_000), now);
    Rows.accept(model, rows.subList(12_000, 30_000), now);

    for (ModelWatch watch :
        List.of(model, ModelWatch.restore(spec(1000), List.of(), model.snapshot()))) {
      assertThat(watch.versions()).containsExactly("v2", "v1");
      long[] all = counts(watch, Segment.ALL, now);
      long[] v1 = counts(watch, Segment.version("v1"), now);
      long[] v2 = counts(watch, Segment.version("v2"), now);
      assertThat(IntStream.range(0, all.length).mapToLong(i -> v1[i] + v2[i]).toArray())
          .isEqualTo(all);
      assertThat(sides(watch, ask(BASELINE, Segment.ALL), now).now().rows()).isEqualTo(30_000);
      assertThat(sides(watch, ask(BASELINE, Segment.slice("region", "eu")), now).now().rows())
          .isEqualTo(12_000);
      assertThat(sides(watch, ask(BASELINE, Segment.slice("region", "mars")), now).now().rows())
          .isZero();
    }
  }

  private static long[] counts(ModelWatch model, Segment segment, Instant now) {
    return ((Window.BinCounts) sides(model, ask(BASELINE, segment), now).window()).counts();
  }

  @Test
  void meanAndSpreadOfAWindowAreThoseOfItsRowsHoweverTheySlide() {
    var model = ModelWatch.of(spec(1000), List.of());
    var random = new Random(2);
    var values = new ArrayList<Double>();
    for (int minute = 0; minute < 180; minute++) {
      var rows = new ArrayList<Prediction>();
      for (int i = 0; i < 200; i++) {
        double x = 1e9 + minute + random.nextGaussian();
        values.add(x);
        rows.add(row(i, START.plusSeconds(60L * minute + i % 60), "v1", "", x, "buy"));
      }
      Rows.accept(model, rows, START.plusSeconds(60L * minute + 60));
    }
    Instant now = START.plusSeconds(60L * 180);

    Stretch stretch = sides(model, ask(BASELINE, Segment.ALL), now).now();

    double[] last = values.subList(120 * 200, values.size()).stream().mapToDouble(v -> v).toArray();
    double mean =
        IntStream.range(0, last.length).mapToDouble(i -> last[i] - 1e9).average().orElseThrow();
    double spread =
        IntStream.range(0, last.length)
            .mapToDouble(i -> Math.pow(last[i] - 1e9 - mean, 2))
            .average()
            .orElseThrow();
    assertThat(stretch.rows()).isEqualTo(12_000);
    assertThat(stretch.mean().orElseThrow() - 1e9).isCloseTo(mean, within(1e-6));
    assertThat(stretch.sd().orElseThrow()).isCloseTo(Math.sqrt(spread), within(1e-6));
  }

  @Test
  void aSeasonalReferenceComparesAnHourWithTheSameHourOfTheWeek() {
    var seasonal = new ReferenceSource.Seasonal(ReferenceSource.Same.HOUR, 3);
    var question = ask(seasonal, Segment.ALL);
    var model = ModelWatch.of(spec(1000), List.of(question));
    var random = new Random(3);
    Instant end = START.plus(Duration.ofDays(28));
    for (Instant hour = START; hour.isBefore(end); hour = hour.plus(HOUR)) {
      double level = hour.getEpochSecond() / 3600 % 24 / 6;
      var rows = new ArrayList<Prediction>();
      for (int i = 0; i < 60; i++) {
        double x = level + random.nextGaussian() / 4;
        rows.add(row(i, hour.plusSeconds(60L * i), "v1", "", x, "buy"));
      }
      Rows.accept(model, rows, hour.plus(HOUR));
    }

    Sides hour = sides(model, question, end);
    Sides day =
        sides(
            model,
            ask(new ReferenceSource.Seasonal(ReferenceSource.Same.WEEKDAY, 2), Segment.ALL),
            end.minusSeconds(1));

    assertThat(hour.now().rows()).isBetween(59L, 61L);
    assertThat(hour.before().rows()).isEqualTo(180);
    assertThat(hour.before().mean().orElseThrow())
        .isCloseTo(hour.now().mean().orElseThrow(), within(.15));
    assertThat(day.before().rows()).isEqualTo(2 * 24 * 60);
    assertThat(day.before().from()).isEqualTo(end.minus(Duration.ofDays(15)));
    assertThat(day.before().mean().orElseThrow()).isCloseTo(1.5, within(.1));
  }

  @Test
  void aWindowOfThePastIsFrozenWithRawValuesAndWithCounts() {
    for (int rows : new int[] {2_000, 40_000}) {
      var model = ModelWatch.of(spec(1000), List.of());
      Instant now = START.plus(HOUR);
      Rows.accept(model, Rows.normal(rows, 0, START, HOUR, 1), now);

      model.apply(
          new ModelEntry.BaselineWindow(Segment.ALL, START.toEpochMilli(), now.toEpochMilli()),
          now);

      Sides sides = sides(model, ask(BASELINE, Segment.ALL), now);
      assertThat(sides.before().rows()).isEqualTo(rows);
      assertThat(sides.before().sd().orElseThrow()).isCloseTo(1, within(.05));
      assertThat(Comparisons.score(model, ask(BASELINE, Segment.ALL), now).statistic()).isZero();
      Instant later = now.plus(HOUR).plusSeconds(60);
      Rows.accept(model, Rows.normal(rows, .5, now.plusSeconds(60), HOUR, 2), later);
      assertThat(Comparisons.score(model, ask(BASELINE, Segment.ALL), later).statistic())
          .isBetween(.18, .32);
      assertThat(model.baseline().orElseThrow().source()).isEqualTo("window");
    }
  }

  @Test
  void whatTheBaselineNeverHadIsCounted() {
    var model = ModelWatch.of(spec(1000), List.of());
    Instant now = START.plus(HOUR);
    Rows.freeze(model, Rows.spread(1000, START, HOUR, i -> new FeatureValue.Numeric(i % 100)));
    Rows.accept(model, Rows.spread(500, START, HOUR, i -> new FeatureValue.Numeric(i % 125)), now);
    assertThat(sides(model, ask(BASELINE, Segment.ALL), now).now().outsideRatio()).hasValue(.2);

    var words = ModelWatch.of(spec(1000), List.of());
    Rows.freeze(words, Rows.spread(1000, START, HOUR, i -> word(i % 10)));
    Rows.accept(words, Rows.spread(500, START, HOUR, i -> word(i % 20)), now);
    assertThat(sides(words, ask(BASELINE, Segment.ALL), now).now().unseenRatio()).hasValue(.5);
  }

  private static FeatureValue word(int i) {
    return new FeatureValue.Category("w" + i);
  }

  @Test
  void aMillionCategoriesTakeBoundedMemoryAndAreTold() {
    var model = ModelWatch.of(spec(1000), List.of());
    Instant now = START;
    for (int batch = 0; batch < 20; batch++) {
      int from = batch * 50_000;
      now = START.plusSeconds(batch);
      Rows.accept(
          model, Rows.spread(50_000, now, Duration.ofSeconds(50), i -> word(from + i)), now);
    }
    var window =
        (Window.Categories) sides(model, ask(BASELINE, Segment.ALL), now.plusSeconds(60)).window();

    assertThat(window.counts()).hasSize(CategoryHistory.MOST_NAMES + 1);
    assertThat(window.rows()).isEqualTo(1_000_000);
    assertThat(model.snapshot().length).isLessThan(50_000);
    assertThat(figure(model, now, "model_categories_other_total"))
        .isEqualTo(1_000_000 - CategoryHistory.MOST_NAMES);
  }

  @Test
  void aCategoryThatNobodySendsAnyMoreGivesItsPlaceToANewOne() {
    var model = ModelWatch.of(spec(1000), List.of());
    Rows.accept(
        model, Rows.spread(256, START, Duration.ofSeconds(256), ModelWindowsTest::word), START);
    Instant later = START.plus(Duration.ofHours(5));
    Rows.accept(model, Rows.spread(10, later, HOUR, i -> word(0)), later);
    Rows.accept(
        model,
        Rows.spread(300, later, Duration.ofSeconds(300), i -> word(1000 + i % 3)),
        later.plusSeconds(300));

    var sides = sides(model, ask(BASELINE, Segment.ALL), later.plusSeconds(300));
    assertThat(((Window.Categories) sides.window()).counts()).containsEntry("w1001", 100L);
    assertThat(((CategoricalReference) sides.reference()).rows()).isZero();
  }

  @Test
  void truthsAreJoinedLateEarlyOnceAndInAnyOrder() throws IOException {
    var model = ModelWatch.of(spec(10_000), List.of());
    Instant now = START.plus(HOUR);
    var rows = new ArrayList<Prediction>();
    for (int i = 0; i < 1000; i++) {
      rows.add(row(i, START, i % 2 == 0 ? "v1" : "v2", "eu", i, i % 10 == 0 ? "sell" : "buy"));
    }
    assertThat(Rows.judge(model, truths(5, 15, 1500), now)).isZero();
    Rows.accept(model, rows, now);
    assertThat(Rows.judge(model, truths(3, 1, 2, 2, 10), now.plus(DAY))).isEqualTo(4);

    var restored = ModelWatch.restore(spec(10_000), List.of(), model.snapshot());
    for (ModelWatch watch : List.of(model, restored)) {
      Instant later = now.plus(Duration.ofDays(3));
      Judged all = watch.judged(Segment.ALL, START.minus(DAY), later);
      assertThat(List.of(all.predictions(), all.joinable(), all.judged(), all.right()))
          .containsExactly(1000L, 1000L, 6L, 5L);
      assertThat(all.confusion()).isEqualTo(Map.of("buy", Map.of("buy", 5L, "sell", 1L)));
      assertThat(all.calibration().get(16).rows()).isEqualTo(6);
      assertThat(watch.judged(Segment.version("v1"), START.minus(DAY), later).judged())
          .isEqualTo(2);
      assertThat(watch.errors(0).stream().map(Judgment::error).toList())
          .containsExactly(0., 0., 0., 0., 0., 1.);
      assertThat(watch.errors(4)).hasSize(2);
      assertThat(figure(watch, later, "model_truths_orphaned_total")).isEqualTo(1);
      assertThat(figure(watch, later, "model_truths_repeated_total")).isEqualTo(1);
    }
  }

  private static List<Truth> truths(int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(i -> new Truth("p" + i, new FeatureValue.Category("buy")))
        .toList();
  }

  @Test
  void moreRowsThanMayWaitAreSampledByTheHashOfTheirIdWhateverTheirOrder() {
    var forth = ModelWatch.of(spec(1000), List.of());
    var back = ModelWatch.of(spec(1000), List.of());
    var rows = new ArrayList<Prediction>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(row(i, START, "v1", "", i, i % 5 == 0 ? "sell" : "buy"));
    }
    Instant now = START.plus(HOUR);
    Rows.accept(forth, rows, now);
    Rows.accept(back, rows.reversed(), now);
    List<Truth> truths = truths(IntStream.range(0, 20_000).toArray());
    Rows.judge(forth, truths, now);
    Rows.judge(back, truths, now);

    Judged judged = forth.judged(Segment.ALL, START.minus(HOUR), now);
    assertThat(forth.sampledOneIn()).isEqualTo(32);
    assertThat(judged.judged()).isEqualTo(forth.held()).isBetween(500L, 750L);
    assertThat(judged.accuracy().orElseThrow()).isCloseTo(.8, within(.06));
    assertThat(back.judged(Segment.ALL, START.minus(HOUR), now).judged())
        .isEqualTo(judged.judged());
    assertThat(figure(forth, now, "model_truths_unsampled_total"))
        .isEqualTo(20_000 - judged.judged());
  }

  @Test
  void numericAnswersHaveErrorsAndScoresAnArea() {
    var model = ModelWatch.of(spec(10_000), List.of());
    var rows = new ArrayList<Prediction>();
    var truths = new ArrayList<Truth>();
    for (int i = 0; i < 200; i++) {
      double truth = i % 2;
      double answer = truth == 1 ? .5 + i / 1000. : .4 - i / 1000.;
      rows.add(
          new Prediction(
              Optional.of("s" + i),
              START.toEpochMilli(),
              "v1",
              Map.of(),
              new FeatureValue.Numeric(answer),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              Labels.EMPTY));
      truths.add(new Truth("s" + i, new FeatureValue.Numeric(truth)));
    }
    Rows.accept(model, rows, START);
    Rows.judge(model, truths, START);

    Judged judged = model.judged(Segment.ALL, START.minus(HOUR), START.plus(HOUR));
    assertThat(judged.scores().area()).hasValue(1);
    assertThat(judged.numbers().count()).isEqualTo(200);
    double squares =
        IntStream.range(0, 200)
            .mapToDouble(i -> Math.pow(i % 2 == 1 ? .5 - i / 1000. : .4 - i / 1000., 2))
            .sum();
    assertThat(judged.numbers().rootMeanSquaredError().orElseThrow())
        .isCloseTo(Math.sqrt(squares / 200), within(1e-9));
    assertThat(judged.numbers().r2().orElseThrow()).isCloseTo(1 - squares / 50, within(1e-9));
    assertThat(judged.scores().brier()).isCloseTo(squares, within(1e-4));
  }

  @Test
  void latencyQuantilesAreWithinTwoAndAHalfPercent() {
    var model = ModelWatch.of(spec(1000), List.of());
    var rows = new ArrayList<Prediction>();
    for (int i = 1; i <= 1000; i++) {
      rows.add(
          new Prediction(
              Optional.empty(),
              START.toEpochMilli(),
              "v1",
              Map.of(),
              new FeatureValue.Category("buy"),
              OptionalDouble.empty(),
              OptionalDouble.of(i),
              Labels.EMPTY));
    }
    Rows.accept(model, rows, START);

    assertThat(figure(model, START, "model_latency_seconds", "quantile", "0.95"))
        .isCloseTo(.95, within(.95 * .026));
    assertThat(figure(model, START, "model_latency_seconds_mean")).isCloseTo(.5005, within(1e-9));
  }

  private static double figure(ModelWatch model, Instant now, String metric, String... labels) {
    var samples = model.samples(now);
    return IntStream.range(0, samples.size())
        .filter(i -> samples.labels(i).metricName().equals(metric))
        .filter(i -> labels.length == 0 || samples.labels(i).get(labels[0]).equals(labels[1]))
        .mapToDouble(samples::value)
        .findFirst()
        .orElseThrow();
  }
}

package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Window;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelWatchTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ModelSpec SPEC = ModelSpec.of("ranker");
  private static final ReferenceSource BASELINE = new ReferenceSource.Baseline();
  private static final ReferenceSource SIX_HOURS =
      new ReferenceSource.Trailing(Duration.ofHours(6), HOUR);

  private static DriftQuestion ask(DriftTest test, ReferenceSource reference) {
    return new DriftQuestion("ranker", new Subject.Feature("x"), test, HOUR, reference, 200);
  }

  @Test
  void seesAShiftAgainstTheBaselineAndNothingWithoutOne() {
    var model = ModelWatch.of(SPEC, List.of());
    Rows.freeze(model, Rows.normal(2000, 0, START, HOUR, 1));
    Instant now = START.plus(HOUR);

    Rows.accept(model, Rows.normal(500, 0, START, HOUR, 2), now);
    for (DriftTest test : DriftTest.values()) {
      assertThat(Comparisons.reaches(model, ask(test, BASELINE), now, test.warning()))
          .as("%s", test)
          .isFalse();
    }

    Instant later = now.plus(HOUR).plusSeconds(60);
    Rows.accept(model, Rows.normal(500, 1, now.plusSeconds(60), HOUR, 3), later);
    assertThat(DriftTest.values())
        .filteredOn(
            test -> !Comparisons.reaches(model, ask(test, BASELINE), later, test.critical()))
        .allSatisfy(
            test ->
                assertThat(Comparisons.result(model, ask(test, BASELINE), later))
                    .isInstanceOf(DriftResult.Unsuitable.class))
        .containsExactlyInAnyOrder(
            DriftTest.MAXIMUM_MEAN_DISCREPANCY, DriftTest.FISHER_EXACT, DriftTest.Z_PROPORTIONS);
  }

  @Test
  void aSmallWindowIsComparedByItsRawValuesExactly() {
    var model = ModelWatch.of(SPEC, List.of());
    List<Prediction> before = Rows.normal(2000, 0, START, HOUR, 1);
    List<Prediction> after = Rows.normal(300, .3, START, HOUR, 2);
    Rows.freeze(model, before);
    Rows.accept(model, after, START.plus(HOUR));

    assertThat(
            Comparisons.result(
                model, ask(DriftTest.KOLMOGOROV_SMIRNOV, BASELINE), START.plus(HOUR)))
        .isEqualTo(
            DriftTest.KOLMOGOROV_SMIRNOV.compare(
                NumericReference.of(values(before)),
                Window.of(values(after)),
                Guard.forMinimum(200)));
  }

  @Test
  void aLargeWindowIsCountedInTheBaselinesBinsAndGivesTheSameIndex() {
    var model = ModelWatch.of(SPEC, List.of());
    List<Prediction> before = Rows.normal(5000, 0, START, HOUR, 1);
    List<Prediction> after = Rows.normal(25_000, .2, START, HOUR, 2);
    Rows.freeze(model, before);
    Rows.accept(model, after, START.plus(HOUR));
    var reference = NumericReference.of(values(before));
    var window = Window.of(values(after));

    var psi = Comparisons.score(model, ask(DriftTest.PSI, BASELINE), START.plus(HOUR));
    var ks =
        Comparisons.score(model, ask(DriftTest.KOLMOGOROV_SMIRNOV, BASELINE), START.plus(HOUR));

    assertThat(psi).isEqualTo(DriftTest.PSI.compare(reference, window, Guard.forMinimum(200)));
    var exact =
        (DriftScore) DriftTest.KOLMOGOROV_SMIRNOV.compare(reference, window, Guard.forMinimum(200));
    assertThat(ks.statistic()).isCloseTo(exact.statistic(), within(.01));
    assertThat(ks.m()).isEqualTo(25_000);
    assertThat(ks.resolution()).isPositive();
  }

  @Test
  void aTrailingReferenceMovesAlong() {
    DriftQuestion question = ask(DriftTest.PSI, SIX_HOURS);
    var model = ModelWatch.of(SPEC, List.of(question));
    Instant now = START.plus(Duration.ofHours(8));
    Rows.accept(model, Rows.normal(7000, 0, START, Duration.ofHours(7), 1), now);
    Rows.accept(model, Rows.normal(1000, 1, START.plus(Duration.ofHours(7)), HOUR, 2), now);

    assertThat(Comparisons.reaches(model, question, now, .5)).isTrue();

    Instant later = now.plus(Duration.ofHours(8));
    Rows.accept(model, Rows.normal(8000, 1, now, Duration.ofHours(8), 3), later);
    assertThat(Comparisons.reaches(model, question, later, .1)).isFalse();
    assertThat(Comparisons.score(model, question, later).n()).isBetween(5800L, 6000L);
  }

  @Test
  void aTrailingReferenceOfManyRowsUsesBinsLearntOnce() {
    DriftQuestion question = ask(DriftTest.PSI, SIX_HOURS);
    var model = ModelWatch.of(SPEC, List.of(question));
    Instant now = START.plus(Duration.ofHours(8));
    Rows.accept(model, Rows.normal(40_000, 0, START, Duration.ofHours(7), 1), now);
    Rows.accept(model, Rows.normal(4000, 0, START.plus(Duration.ofHours(7)), HOUR, 2), now);
    assertThat(Comparisons.reaches(model, question, now, .02)).isFalse();

    Instant later = now.plus(HOUR);
    Rows.accept(model, Rows.normal(4000, .5, now, HOUR, 3), later);
    assertThat(Comparisons.score(model, question, later).statistic()).isBetween(.18, .32);
    assertThat(Comparisons.reaches(model, question, later, .1)).isTrue();
  }

  @Test
  void unseenAndVanishedCategoriesAreDrift() {
    var model = ModelWatch.of(SPEC, List.of());
    Rows.freeze(model, Rows.spread(1000, START, HOUR, i -> category(i % 4)));
    Instant now = START.plus(HOUR);

    Rows.accept(model, Rows.spread(400, START, HOUR, i -> category(i % 4)), now);
    assertThat(Comparisons.reaches(model, ask(DriftTest.PSI, BASELINE), now, .02)).isFalse();

    Instant later = now.plus(HOUR).plusSeconds(60);
    Rows.accept(
        model, Rows.spread(400, now.plusSeconds(60), HOUR, i -> category(2 + i % 4)), later);
    assertThat(Comparisons.reaches(model, ask(DriftTest.PSI, BASELINE), later, 1)).isTrue();
    assertThat(Comparisons.result(model, ask(DriftTest.KOLMOGOROV_SMIRNOV, BASELINE), later))
        .isInstanceOf(DriftResult.Unsuitable.class);
  }

  @Test
  void answersAndTheirConfidenceDriftAsFeaturesDo() {
    var model = ModelWatch.of(SPEC, List.of());
    Instant now = START.plus(HOUR);
    Rows.freeze(model, answers(1000, i -> i % 2 == 0 ? "buy" : "sell", .9));
    Rows.accept(model, answers(400, i -> i % 10 == 0 ? "buy" : "sell", .6), now);

    for (Subject subject : List.of(Subject.PREDICTION, Subject.CONFIDENCE)) {
      var question = new DriftQuestion("ranker", subject, DriftTest.PSI, HOUR, BASELINE, 200);
      assertThat(Comparisons.reaches(model, question, now, .2)).as(subject.kind()).isTrue();
    }
  }

  private static List<Prediction> answers(
      int count, IntFunction<String> answer, double confidence) {
    return IntStream.range(0, count)
        .mapToObj(i -> Rows.answer("p" + i, START, answer.apply(i), confidence + i % 7 * .01))
        .toList();
  }

  @Test
  void featuresBeyondTheLimitAreIgnoredAndCounted() {
    var model = ModelWatch.of(SPEC, List.of());
    for (int i = 0; i < Intake.MOST_FEATURES + 10; i++) {
      Rows.accept(model, List.of(Rows.row("f" + i, START.toEpochMilli(), category(i))), START);
    }

    assertThat(sample(model.samples(START), metric("model_features_ignored_total")).orElseThrow())
        .isBetween(10., 12.);
  }

  @Test
  void anyNumberOfCategoriesTakesBoundedMemory() {
    var model = ModelWatch.of(SPEC, List.of());
    Rows.freeze(model, Rows.spread(20_000, START, HOUR, ModelWatchTest::category));
    Rows.accept(
        model, Rows.spread(20_000, START, HOUR, i -> category(i + 20_000)), START.plus(HOUR));

    assertThat(model.snapshot().length).isLessThan(200_000);
  }

  @Test
  void noDataAndTooFewRowsAreNeverDrift() {
    var model = ModelWatch.of(SPEC, List.of());
    Instant now = START.plus(HOUR);
    assertThat(Comparisons.result(model, ask(DriftTest.PSI, BASELINE), now))
        .isEqualTo(new DriftResult.NoData(0, 0));

    Rows.accept(model, Rows.normal(50, 0, START, HOUR, 1), now);
    assertThat(Comparisons.result(model, ask(DriftTest.PSI, BASELINE), now))
        .isEqualTo(new DriftResult.NoData(0, 50));

    Rows.freeze(model, Rows.normal(2000, 0, START, HOUR, 2));
    assertThat(Comparisons.result(model, ask(DriftTest.PSI, BASELINE), now))
        .isEqualTo(new DriftResult.TooFewSamples(2000, 50, 1000, 200));
    assertThat(Comparisons.reaches(model, ask(DriftTest.PSI, BASELINE), now, 0)).isFalse();
  }

  @Test
  void missingValuesAndTheWrongKindAreCountedApart() {
    var model = ModelWatch.of(SPEC, List.of());
    Rows.accept(
        model,
        Rows.spread(
            75, START, HOUR, i -> i % 3 == 2 ? FeatureValue.MISSING : new FeatureValue.Numeric(i)),
        START.plus(HOUR));
    Rows.accept(model, Rows.spread(25, START, HOUR, ModelWatchTest::category), START.plus(HOUR));

    DriftQuestion question = ask(DriftTest.PSI, BASELINE);
    Sides sides = model.sides(question, START.plus(HOUR)).orElseThrow();
    assertThat(sides.now().missing()).isEqualTo(50);
    assertThat(Comparisons.result(model, question, START.plus(HOUR)))
        .isEqualTo(new DriftResult.NoData(0, 50));
    assertThat(
            sample(
                model.samples(START.plus(HOUR)),
                Labels.of(
                    "__name__",
                    "model_missing_ratio",
                    "model",
                    "ranker",
                    "subject",
                    "feature",
                    "feature",
                    "x")))
        .hasValue(.5);
  }

  @Test
  void figuresCoverCountsConfidenceLatencyAndAccuracy() {
    var model = ModelWatch.of(SPEC, List.of());
    Instant now = START.plusSeconds(60);
    Rows.accept(
        model,
        IntStream.range(0, 100)
            .mapToObj(i -> Rows.answer("p" + i, START, i % 10 == 0 ? "sell" : "buy", .9))
            .toList(),
        now);

    int joined =
        Rows.judge(
            model,
            IntStream.range(0, 100)
                .mapToObj(i -> new Truth("p" + i, new FeatureValue.Category("buy")))
                .toList(),
            now);
    int strangers =
        Rows.judge(
            model,
            List.of(
                new Truth("p0", new FeatureValue.Category("buy")),
                new Truth("nobody", new FeatureValue.Category("buy"))),
            now);

    assertThat(joined).isEqualTo(100);
    assertThat(strangers).isZero();
    SampleBatch samples = model.samples(now);
    assertThat(sample(samples, metric("model_accuracy"))).hasValue(.9);
    assertThat(sample(samples, metric("model_confidence_mean")).orElseThrow())
        .isCloseTo(.9, within(1e-12));
    assertThat(sample(samples, metric("model_latency_seconds_mean"))).hasValue(.04);
    assertThat(sample(samples, metric("model_predictions_total").with("version", "v2")))
        .hasValue(100);
  }

  @Test
  void aSnapshotGoesOnWhereItEnded() throws IOException {
    DriftQuestion trailing = ask(DriftTest.PSI, SIX_HOURS);
    Instant now = START.plus(Duration.ofHours(8));
    var model = ModelWatch.of(SPEC, List.of(trailing));
    Rows.freeze(model, Rows.normal(2000, 0, START, HOUR, 1));
    Rows.accept(model, Rows.normal(30_000, 0, START, Duration.ofHours(7), 2), now);
    Rows.accept(model, Rows.normal(500, 1, START.plus(Duration.ofHours(7)), HOUR, 3), now);
    Rows.accept(model, List.of(Rows.answer("p", now, "buy", .7)), now);

    var restored = ModelWatch.restore(SPEC, List.of(trailing), model.snapshot());

    for (DriftQuestion question :
        List.of(
            trailing, ask(DriftTest.PSI, BASELINE), ask(DriftTest.KOLMOGOROV_SMIRNOV, BASELINE))) {
      assertThat(Comparisons.result(restored, question, now))
          .isEqualTo(Comparisons.result(model, question, now));
    }
    assertThat(Rows.judge(restored, List.of(new Truth("p", new FeatureValue.Category("buy"))), now))
        .isEqualTo(1);
    assertThat(sample(restored.samples(now), metric("model_accuracy"))).hasValue(1);
  }

  @Test
  void bytesThatAreNoSnapshotAreRefused() {
    assertThatThrownBy(() -> ModelWatch.restore(SPEC, List.of(), new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aReferenceInsideTheCurrentWindowIsRefused() {
    assertThatThrownBy(
            () ->
                new DriftQuestion(
                    "m",
                    Subject.PREDICTION,
                    DriftTest.PSI,
                    HOUR,
                    new ReferenceSource.Trailing(HOUR, Duration.ofMinutes(30)),
                    200))
        .hasMessage("the reference ends PT30M ago, inside the current window of PT1H");
  }

  private static FeatureValue category(int i) {
    return new FeatureValue.Category("c" + i);
  }

  private static double[] values(List<Prediction> rows) {
    return rows.stream()
        .mapToDouble(row -> ((FeatureValue.Numeric) row.features().get("x")).value())
        .toArray();
  }

  private static Labels metric(String name) {
    return Labels.of("__name__", name, "model", "ranker");
  }

  private static OptionalDouble sample(SampleBatch batch, Labels labels) {
    return IntStream.range(0, batch.size())
        .filter(i -> batch.labels(i).equals(labels))
        .mapToDouble(batch::value)
        .findFirst();
  }
}

package io.tocsin.drift.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.drift.measure.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values follow from the definitions, worked out by hand or with NumPy. */
class PerformanceTest {

  private static final List<String> ACTUAL =
      List.of("a", "a", "a", "a", "b", "b", "b", "c", "c", "c");
  private static final List<String> PREDICTED =
      List.of("a", "a", "a", "b", "b", "b", "c", "c", "a", "c");

  @Test
  void classesAreJudgedTogetherAndOneByOne() {
    Classification found = Classification.of(ACTUAL, PREDICTED);

    assertThat(found.accuracy().value()).isEqualTo(.7);
    assertThat(found.accuracy().low()).isCloseTo(.3967781, within(1e-7));
    assertThat(found.accuracy().high()).isCloseTo(.8922087, within(1e-7));
    assertThat(found.confusion())
        .containsExactly(List.of(3L, 1L, 0L), List.of(0L, 2L, 1L), List.of(1L, 0L, 2L));
    var a = found.perClass().get("a");
    assertThat(a.support()).isEqualTo(4);
    assertThat(a.precision().value()).isEqualTo(.75);
    assertThat(a.recall().value()).isEqualTo(.75);
    assertThat(a.f1()).isEqualTo(.75);
    assertThat(found.macroF1()).isCloseTo((.75 + 2 / 3. + 2 / 3.) / 3, within(1e-12));
    assertThat(found.weightedF1()).isCloseTo(.7, within(1e-12));
    assertThat(found.balancedAccuracy()).isCloseTo((.75 + 2 / 3. + 2 / 3.) / 3, within(1e-12));
    assertThat(found.kappa()).isCloseTo((.7 - .34) / .66, within(1e-12));
    assertThat(found.matthews()).isCloseTo((70 - 34) / 66., within(1e-12));
  }

  @Test
  void rowsThatDoNotPairAreRefused() {
    assertThatThrownBy(() -> Classification.of(List.of("a"), List.of()))
        .hasMessage("1 actual classes, but 0 predicted");
    assertThatThrownBy(() -> Ranking.of(new boolean[] {true}, new double[] {1.5}))
        .hasMessageContaining("scores[0]: found 1.5, expected a probability");
    assertThatThrownBy(() -> Regression.of(new double[0], new double[0]))
        .hasMessageContaining("at least one");
  }

  @Test
  void scoresAreJudgedByOrderAndByWhatTheyPromise() {
    boolean[] actual = {false, false, true, true, true, false};
    double[] score = {.1, .4, .35, .8, .4, .2};

    Ranking found = Ranking.of(actual, score);

    // Pairs won by the positives: .35 beats two, .8 three, .4 two and ties one.
    assertThat(found.rocAuc().value()).isCloseTo(7.5 / 9, within(1e-12));
    assertThat(found.rocAuc().low()).isBetween(.4, .8);
    assertThat(found.averagePrecision()).isCloseTo(1 / 3. + 2 / 3. / 3 + 3 / 4. / 3, within(1e-12));
    assertThat(found.brier().value())
        .isCloseTo((.01 + .16 + .4225 + .04 + .36 + .04) / 6, within(1e-12));
    double loss = -(Math.log(.9 * .6 * .8) + Math.log(.35 * .8 * .4)) / 6;
    assertThat(found.logLoss().value()).isCloseTo(loss, within(1e-12));
    assertThat(Ranking.of(new boolean[] {true}, new double[] {1}).rocAuc().value()).isNaN();
  }

  /** DeLong's variance is that of the mean of placements: check against a simulation. */
  @Test
  void theIntervalOfTheAreaCoversTheTruthAboutNineteenTimesInTwenty() {
    var random = new Random(3);
    double truth = .7602499; // P(N(1, 1) > N(0, 1))
    int covered = 0;
    for (int run = 0; run < 400; run++) {
      boolean[] actual = new boolean[200];
      double[] score = new double[200];
      for (int i = 0; i < 200; i++) {
        actual[i] = i % 2 == 0;
        score[i] = random.nextGaussian() + (actual[i] ? 1 : 0);
      }
      Estimate area = Ranking.rocAuc(actual, score);
      covered += area.low() <= truth && truth <= area.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(365, 395);
  }

  @Test
  void numbersAreJudgedByTheirErrors() {
    Regression found = Regression.of(new double[] {3, -.5, 2, 7}, new double[] {2.5, 0, 2, 8});

    assertThat(found.mae().value()).isEqualTo(.5);
    assertThat(found.rmse().value()).isCloseTo(Math.sqrt(.375), within(1e-12));
    assertThat(found.r2()).isCloseTo(.9486081370449679, within(1e-12));
    assertThat(found.bias().value()).isEqualTo(.25);
    assertThat(found.mape()).isCloseTo((.5 / 3 + 1 + 0 + 1 / 7.) / 4, within(1e-12));
    assertThat(Regression.of(new double[] {1, 1}, new double[] {1, 2}).r2()).isNaN();
  }

  @Test
  void calibrationIsTheGapBetweenPromiseAndOutcome() {
    boolean[] actual = {true, false, true, true};
    double[] probability = {.05, .05, .95, 1};

    Calibration found = Calibration.equalWidth(actual, probability, 10);

    assertThat(found.bins())
        .containsExactly(new Calibration.Bin(2, .05, .5), new Calibration.Bin(2, .975, 1));
    assertThat(found.error()).isCloseTo(.45 / 2 + .025 / 2, within(1e-12));
    assertThat(found.worst()).isCloseTo(.45, within(1e-12));
    assertThat(Calibration.equalCount(actual, probability, 2).error())
        .isCloseTo(found.error(), within(1e-12));
  }

  @Test
  void isotonicRegressionPoolsWhatFallsAndIsLinearBetween() {
    var fitted =
        IsotonicRegression.fit(
            new double[] {1, 2, 3, 4, 5}, new boolean[] {false, true, false, true, true});

    assertThat(fitted.apply(0)).isZero();
    assertThat(fitted.apply(2)).isEqualTo(.5);
    assertThat(fitted.apply(3)).isEqualTo(.5);
    assertThat(fitted.apply(3.5)).isEqualTo(.75);
    assertThat(fitted.apply(9)).isEqualTo(1);
  }

  @Test
  void performanceIsEstimatedFromProbabilitiesAlone() {
    double[] probability = {.9, .8, .3, .1};
    var estimated =
        EstimatedPerformance.of(probability, probability, new boolean[] {true, true, false, false});

    assertThat(estimated.truePositives()).isCloseTo(1.7, within(1e-12));
    assertThat(estimated.falsePositives()).isCloseTo(.3, within(1e-12));
    assertThat(estimated.accuracy()).isCloseTo(3.3 / 4, within(1e-12));
    assertThat(estimated.precision()).isCloseTo(.85, within(1e-12));
    assertThat(estimated.recall()).isCloseTo(1.7 / 2.1, within(1e-12));
    assertThat(estimated.specificity()).isCloseTo(1.6 / 1.9, within(1e-12));
    assertThat(estimated.f1()).isCloseTo(3.4 / 4.1, within(1e-12));
    // Each row is a positive worth p and a negative worth 1 - p: trapezoids of expected counts.
    double area = .1 * .45 + .2 * 1.3 + .7 * 1.85 + .9 * 2.05;
    assertThat(estimated.rocAuc()).isCloseTo(area / (2.1 * 1.9), within(1e-12));
  }

  @Test
  void calibrationIsLearntOnlyWhereItHelps() {
    var random = new Random(9);
    double[] score = random.doubles(4000).toArray();
    boolean[] honest = new boolean[4000];
    boolean[] boastful = new boolean[4000];
    for (int i = 0; i < 4000; i++) {
      honest[i] = random.nextDouble() < score[i];
      boastful[i] = random.nextDouble() < score[i] * score[i] * score[i];
    }
    DoubleUnaryOperator corrected = EstimatedPerformance.calibration(score, boastful);

    assertThat(corrected.applyAsDouble(.8)).isCloseTo(.512, within(.08));
    double trusted = EstimatedPerformance.calibration(score, honest).applyAsDouble(.8);
    assertThat(trusted).isCloseTo(.8, within(.08));
  }

  @Test
  void aDropOfAccuracyHasASizeAndASide() {
    AccuracyDrop drop = AccuracyDrop.of(950, 1000, 270, 300);

    assertThat(drop.drop()).isCloseTo(.05, within(1e-12));
    assertThat(drop.p()).isCloseTo(.0008, within(.0002));
    assertThat(drop.cohensH()).isCloseTo(.1925, within(1e-3));
    assertThat(AccuracyDrop.of(900, 1000, 290, 300).p()).isGreaterThan(.99);
    assertThat(drop.after().low()).isLessThan(.9);
  }

  @Test
  void importancesAreComparedByOrderAndByShare() {
    var reference = Map.of("a", 3., "b", 2., "c", 1.);

    assertThat(Importance.of(reference, Map.of("a", 30., "b", 20., "c", 10.)).ndcg()).isEqualTo(1);
    Importance turned = Importance.of(reference, Map.of("a", 1., "b", 2., "c", 3.));
    double log3 = Math.log(3) / Math.log(2);
    assertThat(turned.ndcg())
        .isCloseTo((1 + 2 / log3 + 3 / 2.) / (3 + 2 / log3 + 1 / 2.), within(1e-12));
    assertThat(turned.moves()).containsEntry("a", -2).containsEntry("b", 0).containsEntry("c", 2);
    assertThat(turned.distance()).isCloseTo(4 / 6., within(1e-12));
    assertThatThrownBy(() -> Importance.of(Map.of(), Map.of("a", 1.)))
        .hasMessageContaining("no feature any importance");
  }

  @Test
  void aBandIsThreePopulationDeviationsWide() {
    Interval band = Band.around(new double[] {1, 2, 3, Double.NaN}, 3, 0, 4);

    assertThat(band.low()).isZero();
    assertThat(band.high()).isEqualTo(4);
    assertThat(Band.around(new double[] {1, 2, 3}, 1, -9, 9).low())
        .isCloseTo(2 - Math.sqrt(2 / 3.), within(1e-12));
  }

  @Test
  void rowsThatBreakTheCorrelationsOfTheReferenceComeBackWorse() {
    var random = new Random(1);
    double[][] reference = rows(random, 1000, true);
    var learnt = Reconstruction.fit(reference, .65);

    assertThat(learnt.components()).isEqualTo(1);
    double before = learnt.error(rows(random, 500, true));
    double after = learnt.error(rows(random, 500, false));
    assertThat(after).isGreaterThan(3 * before);
    assertThat(learnt.error(new double[] {Double.NaN, Double.NaN})).isCloseTo(0, within(1e-9));
    assertThatThrownBy(() -> Reconstruction.fit(new double[][] {{1, 2}, {1}}, .65))
        .hasMessageContaining("a row has 1 features, the first 2");
  }

  private static double[][] rows(Random random, int count, boolean together) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              double x = random.nextGaussian();
              double noise = random.nextGaussian();
              return new double[] {x, together ? x + noise / 10 : noise};
            })
        .toArray(double[][]::new);
  }

  @Test
  void samplingErrorShrinksWithTheRootOfTheRows() {
    assertThat(SamplingError.ofShare(.5, 100)).isCloseTo(.05, within(1e-12));
    double[] values = Arrays.copyOf(new double[] {1, 2, 3, 4}, 4);
    assertThat(SamplingError.ofMean(values)).isCloseTo(Math.sqrt(5 / 3.) / 2, within(1e-12));
  }
}

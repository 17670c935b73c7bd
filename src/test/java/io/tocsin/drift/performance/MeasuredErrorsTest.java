package io.tocsin.drift.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Metrics from counts agree with those of rows, and their errors with how they really stray. */
class MeasuredErrorsTest {

  private static final int ROWS = 2000;
  private static final int RUNS = 400;

  /** Rows by truth and answer: of three classes, the answer is right in 80 % of the rows. */
  private static Map<String, Map<String, Long>> confusion(Random random) {
    var counts = new TreeMap<String, Map<String, Long>>();
    for (int i = 0; i < ROWS; i++) {
      double u = random.nextDouble();
      String truth = u < .6 ? "a" : u < .9 ? "b" : "c";
      String other = List.of("a", "b", "c").get(random.nextInt(3));
      String answer = random.nextDouble() < .7 ? truth : other;
      counts.computeIfAbsent(truth, key -> new TreeMap<>()).merge(answer, 1L, Long::sum);
    }
    return counts;
  }

  @Test
  void scoresOfClassesAreThoseOfTheRows() {
    Map<String, Map<String, Long>> counts = confusion(new Random(1));
    var actual = new ArrayList<String>();
    var predicted = new ArrayList<String>();
    counts.forEach(
        (truth, answers) ->
            answers.forEach(
                (answer, rows) -> {
                  actual.addAll(Collections.nCopies(rows.intValue(), truth));
                  predicted.addAll(Collections.nCopies(rows.intValue(), answer));
                }));
    Classification all = Classification.of(actual, predicted);

    assertThat(ConfusionScore.F1.of(counts, Optional.empty()).value())
        .isCloseTo(all.macroF1(), within(1e-12));
    assertThat(ConfusionScore.RECALL.of(counts, Optional.empty()).value())
        .isCloseTo(all.balancedAccuracy(), within(1e-12));
    var b = all.perClass().get("b");
    assertThat(ConfusionScore.PRECISION.of(counts, Optional.of("b")).value())
        .isCloseTo(b.precision().value(), within(1e-12));
    assertThat(ConfusionScore.F1.of(counts, Optional.of("b")).value())
        .isCloseTo(b.f1(), within(1e-12));
    double recall = b.recall().value();
    assertThat(ConfusionScore.RECALL.of(counts, Optional.of("b")).error())
        .isCloseTo(Math.sqrt(recall * (1 - recall) / b.support()), within(1e-12));
    assertThat(ConfusionScore.RECALL.of(counts, Optional.of("nobody")).value()).isNaN();
    assertThat(ConfusionScore.F1.of(Map.of(), Optional.empty()).value()).isNaN();
  }

  @Test
  void errorsOfClassesAreWhatManyDrawsStrayBy() {
    for (ConfusionScore score : ConfusionScore.values()) {
      for (Optional<String> positive : List.of(Optional.<String>empty(), Optional.of("b"))) {
        straysAsTold(random -> score.of(confusion(random), positive), score + " " + positive);
      }
    }
  }

  private static void straysAsTold(Function<Random, Measured> draw, String what) {
    var values = new double[RUNS];
    double told = 0;
    var random = new Random(3);
    for (int i = 0; i < RUNS; i++) {
      Measured one = draw.apply(random);
      values[i] = one.value();
      told += one.error() / RUNS;
    }
    double real = SamplingError.ofMean(values) * Math.sqrt(RUNS);
    assertThat(told / real).as(what).isBetween(.88, 1.14);
  }

  /** Scores of both kinds, in hundredths with their middles. */
  private static ScoreCounts scores(Random random) {
    var positives = new ArrayList<>(Collections.nCopies(100, 0L));
    var negatives = new ArrayList<>(Collections.nCopies(100, 0L));
    double brier = 0;
    double loss = 0;
    for (int i = 0; i < ROWS; i++) {
      boolean positive = random.nextDouble() < .3;
      double pulled = (positive ? .6 : .4) + .2 * random.nextGaussian();
      int bin = (int) Math.clamp((long) (100 * pulled), 0, 99);
      double score = (bin + .5) / 100;
      var counts = positive ? positives : negatives;
      counts.set(bin, counts.get(bin) + 1);
      brier += Math.pow(score - (positive ? 1 : 0), 2);
      loss -= Math.log(positive ? score : 1 - score);
    }
    return new ScoreCounts(positives, negatives, brier, loss);
  }

  @Test
  void scoresFromCountsAreThoseOfTheRows() {
    ScoreCounts counts = scores(new Random(1));
    var actual = new boolean[ROWS];
    var score = new double[ROWS];
    int row = 0;
    for (int bin = 0; bin < 100; bin++) {
      for (long i = 0; i < counts.positives().get(bin) + counts.negatives().get(bin); i++) {
        actual[row] = i < counts.positives().get(bin);
        score[row++] = (bin + .5) / 100;
      }
    }
    Ranking rows = Ranking.of(actual, score);

    assertThat(counts.rows()).isEqualTo(ROWS);
    assertThat(counts.rocAuc().value()).isCloseTo(rows.rocAuc().value(), within(1e-12));
    assertThat(counts.rocAuc().value() - 1.959963984540054 * counts.rocAuc().error())
        .isCloseTo(rows.rocAuc().low(), within(1e-9));
    assertThat(counts.brierScore().value()).isCloseTo(rows.brier().value(), within(1e-12));
    assertThat(counts.meanLogLoss().value()).isCloseTo(rows.logLoss().value(), within(1e-12));
    assertThat(counts.plus(counts).rocAuc().value())
        .isCloseTo(rows.rocAuc().value(), within(1e-12));
    assertThat(ScoreCounts.NONE.plus(counts)).isEqualTo(counts);
    assertThat(ScoreCounts.NONE.rocAuc().value()).isNaN();
    assertThat(ScoreCounts.NONE.brierScore().value()).isNaN();
  }

  @Test
  void errorsOfScoresAreWhatManyDrawsStrayBy() {
    straysAsTold(random -> scores(random).rocAuc(), "roc auc");
    straysAsTold(random -> scores(random).brierScore(), "brier");
    straysAsTold(random -> scores(random).meanLogLoss(), "log-loss");
  }
}

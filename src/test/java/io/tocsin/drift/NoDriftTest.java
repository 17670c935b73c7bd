package io.tocsin.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every measure says when nothing drifts, and when something does. */
class NoDriftTest {

  private static final int WINDOWS = 300;

  /** Too slow to repeat, and tested by permutation anyway. */
  private static final Set<DriftTest> SLOW =
      EnumSet.of(DriftTest.MAXIMUM_MEAN_DISCREPANCY, DriftTest.BAUMGARTNER_WEISS_SCHINDLER);

  @Test
  void sampleNoisePassesTheFloorOfNoMeasureMoreThanAFewTimesInAThousand() {
    var random = new Random(20261125);
    NumericReference reference = NumericReference.of(normal(random, 2000, 0));
    var categories = categories(random, 2000, 0);
    var numbers = new EnumMap<DriftTest, Integer>(DriftTest.class);
    var words = new EnumMap<DriftTest, Integer>(DriftTest.class);
    for (int i = 0; i < WINDOWS; i++) {
      Window window = Window.of(normal(random, 400, 0));
      var shares = new Window.Categories(categories(random, 400, 0));
      for (DriftTest test : EnumSet.complementOf(EnumSet.copyOf(SLOW))) {
        boolean binary = test == DriftTest.FISHER_EXACT || test == DriftTest.Z_PROPORTIONS;
        if (!binary) {
          numbers.merge(test, above(test, reference, window), Integer::sum);
        }
        if (test.on() == DriftTest.On.BOTH && !binary) {
          words.merge(
              test, above(test, new CategoricalReference(categories), shares), Integer::sum);
        }
      }
    }
    // 0.001 promised; the reference is one draw, so allow the tail of a Poisson of mean 3 x 0.3.
    assertThat(numbers.values()).as("numbers %s", numbers).allMatch(count -> count <= 5);
    assertThat(words.values()).as("categories %s", words).allMatch(count -> count <= 5);
  }

  @Test
  void aShiftOfHalfADeviationIsCriticalByNearlyEveryMeasure() {
    var random = new Random(7);
    NumericReference reference = NumericReference.of(normal(random, 5000, 0));
    Window window = Window.of(normal(random, 2000, 0.6));
    var blind = EnumSet.noneOf(DriftTest.class);
    for (DriftTest test : EnumSet.complementOf(EnumSet.copyOf(SLOW))) {
      if (test.compare(reference, window, Guard.STANDARD) instanceof DriftScore score
          && !score.reaches(test.critical())) {
        blind.add(test);
      }
    }
    // One bin of ten moves by less than 0.2 of all rows; shares of bins are what it looks at.
    assertThat(blind).isSubsetOf(DriftTest.L_INFINITY);
  }

  @Test
  void countsInBinsTellNearlyWhatTheRawValuesDo() {
    var random = new Random(11);
    NumericReference reference = NumericReference.of(normal(random, 5000, 0));
    double[] after = normal(random, 2000, 0.3);
    for (DriftTest test :
        EnumSet.of(
            DriftTest.WASSERSTEIN,
            DriftTest.ENERGY_DISTANCE,
            DriftTest.MANN_WHITNEY,
            DriftTest.T_TEST,
            DriftTest.CRAMER_VON_MISES,
            DriftTest.ANDERSON_DARLING,
            DriftTest.KUIPER)) {
      var raw = (DriftScore) test.compare(reference, Window.of(after), Guard.STANDARD);
      var counted =
          (DriftScore)
              test.compare(
                  reference.binsOnly(),
                  new Window.BinCounts(reference.count(after)),
                  Guard.STANDARD);
      assertThat(counted.effect()).as(test.id()).isBetween(raw.effect() * 0.9, raw.effect() * 1.1);
      assertThat(counted.notes()).as(test.id()).isNotEmpty();
    }
  }

  @Test
  void whatATestCannotJudgeIsAReasonAndNeverAScore() {
    var words = new CategoricalReference(Map.of("a", 5L, "b", 5L, "c", 2L));
    var window = new Window.Categories(Map.of("a", 5L));
    for (DriftTest test : DriftTest.values()) {
      DriftResult result = test.compare(words, window, Guard.OFF);
      boolean judged =
          test.on() == DriftTest.On.BOTH
              && !EnumSet.of(DriftTest.FISHER_EXACT, DriftTest.Z_PROPORTIONS).contains(test);
      assertThat(result)
          .as(test.id())
          .isInstanceOf(judged ? DriftScore.class : DriftResult.Unsuitable.class);
    }
  }

  @Test
  void aConstantReferenceHasNoScaleAndTheRawDistanceSaysSo() {
    var score =
        (DriftScore)
            DriftTest.WASSERSTEIN.compare(
                NumericReference.of(7, 7, 7), Window.of(7.0001, 7.0001), Guard.OFF);

    assertThat(score.statistic()).isCloseTo(1e-4, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(score.notes()).hasSize(1);
  }

  private static int above(DriftTest test, Reference reference, Window window) {
    return test.compare(reference, window, Guard.STANDARD) instanceof DriftScore score
            && score.aboveNoise()
        ? 1
        : 0;
  }

  private static double[] normal(Random random, int rows, double shift) {
    return random.doubles(rows).map(ignored -> random.nextGaussian() + shift).toArray();
  }

  private static Map<String, Long> categories(Random random, int rows, int shift) {
    var counts = new TreeMap<String, Long>();
    for (int i = 0; i < rows; i++) {
      int category = (int) Math.min(5, Math.floor(-Math.log(random.nextDouble()) * 1.5)) + shift;
      counts.merge("c" + category, 1L, Long::sum);
    }
    return counts;
  }
}

package io.tocsin.drift;

import static io.tocsin.drift.Sequences.repeat;
import static io.tocsin.drift.Sequences.spread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Golden values from NumPy 1.24: {@code e=np.unique(np.quantile(ref,[k/10 for k in range(1,10)]));
 * c=lambda v:np.bincount(np.searchsorted(e,v),minlength=len(e)+1); a,b=c(ref),c(cur); k=(a+b)>0;
 * p=np.maximum(a[k]/len(ref),1e-4); q=np.maximum(b[k]/len(cur),1e-4); ((p-q)*np.log(p/q)).sum()}.
 */
class PsiTest {

  @Test
  void agreesWithTheDefinitionOnDeciles() {
    expect(spread(7919, 1009, 1000, 1, 0), spread(104729, 997, 500, 1, .15), .8510536503068453, 10);
    expect(
        spread(7919, 10007, 10000, 1, 0),
        spread(104729, 9973, 250, 1, .05),
        1.5041766139353472,
        10);
  }

  @Test
  void agreesWithTheDefinitionOnTiesAndConstants() {
    expect(
        new double[] {0, 0, 0, 1, 1, 2, 2, 2, 3, 5},
        new double[] {0, 1, 1, 1, 2, 3, 3, 4, 5, 5, 5, 5},
        1.0522037314697172,
        5);
    expect(repeat(7, 50), repeat(7, 20), 0, 1);
    expect(repeat(7, 50), repeat(8, 20), 18.418838675877968, 2);
    expect(repeat(7, 50), new double[] {1, 2, 7, 8, 9}, 3.521120700583197, 2);
    expect(repeat(0, 50), repeat(-0.0, 20), 0, 1);
  }

  @Test
  void countsAloneGiveTheSameIndexAsTheValues() {
    var reference = NumericReference.of(spread(7919, 10007, 3333, 1, 0));
    double[] after = spread(104729, 9973, 777, 1.1, .02);

    assertThat(score(reference.binsOnly(), new Window.BinCounts(reference.count(after)), Guard.OFF))
        .isEqualTo(score(reference, Window.of(after), Guard.OFF));
  }

  @Test
  void everyCategoryIsABinAndUnseenOnesToo() {
    var reference = new CategoricalReference(Map.of("a", 60L, "b", 40L));
    var window = new Window.Categories(Map.of("a", 50L, "b", 30L, "new", 20L));

    double expected =
        .1 * Math.log(.6 / .5) + .1 * Math.log(.4 / .3) + (1e-4 - .2) * Math.log(1e-4 / .2);
    var score = score(reference, window, Guard.OFF);
    assertThat(score.statistic()).isCloseTo(expected, within(1e-12));
    assertThat(score.bins()).isEqualTo(3);
  }

  /** The floors of ten deciles of 10 000 reference rows: chi2.isf(.001, 9) * (1/10000 + 1/m). */
  @Test
  void theFloorFollowsTheSampleSizes() {
    assertThat(Binned.psiFloor(10_000, 100, 10, .001)).isCloseTo(.282, within(.0005));
    assertThat(Binned.psiFloor(10_000, 200, 10, .001)).isCloseTo(.142, within(.0005));
    assertThat(Binned.psiFloor(10_000, 1000, 10, .001)).isCloseTo(.031, within(.0005));
    assertThat(Binned.psiFloor(10_000, 1000, 1, .001)).isZero();
    assertThat(Binned.psiFloor(10_000, 1000, 10, 0)).isZero();
  }

  @Test
  void smallWindowsGetFewerBinsSoThatEachExpectsTwentyRows() {
    var reference = NumericReference.of(spread(7919, 10007, 10000, 1, 0));
    var guard = Guard.forMinimum(40);

    assertThat(score(reference, Window.of(spread(104729, 9973, 200, 1, 0)), guard).bins())
        .isLessThanOrEqualTo(10);
    assertThat(score(reference, Window.of(spread(7919, 10007, 100, 1, 0)), guard).bins())
        .isBetween(4, 6);
    assertThat(score(reference, Window.of(spread(7919, 10007, 40, 1, 0)), guard).bins())
        .isEqualTo(2);
  }

  @Test
  void withoutDriftTheGuardedFloorIsPassedAboutOncePerThousandWindows() {
    var random = new Random(20261121);
    var reference = NumericReference.of(random.doubles(10_000).toArray());
    int alarms = 0;
    for (int i = 0; i < 4000; i++) {
      int rows = 50 + random.nextInt(400);
      var score = score(reference, Window.of(random.doubles(rows).toArray()), Guard.forMinimum(50));
      alarms += score.reaches(0) ? 1 : 0;
    }
    assertThat(alarms).isBetween(0, 16);
  }

  @Test
  void aConstantThatChangesIsSeenThroughTheGuard() {
    var reference = NumericReference.of(repeat(7, 1000));

    assertThat(score(reference, Window.of(repeat(8, 200)), Guard.STANDARD).reaches(.2)).isTrue();
    assertThat(score(reference, Window.of(repeat(7, 200)), Guard.STANDARD).reaches(.1)).isFalse();
  }

  @Test
  void rareCategoriesArePooledSoThatTheyDoNotAddUpToDrift() {
    var reference = new CategoricalReference(Map.of("a", 985L, "b", 5L, "c", 5L, "d", 5L));
    var window = new Window.Categories(Map.of("a", 197L, "e", 1L, "f", 1L, "g", 1L));

    assertThat(score(reference, window, Guard.STANDARD).statistic()).isCloseTo(0, within(1e-12));
    assertThat(score(reference, window, Guard.OFF).statistic()).isGreaterThan(.1);
  }

  @Test
  void tooFewRowsAndNoRowsAreAnswersOfTheirOwn() {
    var reference = NumericReference.of(spread(7919, 1009, 1000, 1, 0));

    assertThat(DriftTest.PSI.compare(reference, Window.of(Double.NaN), Guard.STANDARD))
        .isEqualTo(new DriftResult.NoData(1000, 0));
    assertThat(DriftTest.PSI.compare(reference, Window.of(1, 2, 3), Guard.STANDARD))
        .isEqualTo(new DriftResult.TooFewSamples(1000, 3, 1000, 200));
    assertThat(DriftTest.PSI.compare(NumericReference.of(1, 2), Window.of(1), Guard.STANDARD))
        .isEqualTo(new DriftResult.TooFewSamples(2, 1, 1000, 200));
  }

  @Test
  void numbersAreNotComparedWithCategoriesNorWithForeignBins() {
    var numbers = NumericReference.of(1, 2, 3);
    var categories = new Window.Categories(Map.of("a", 1L));

    assertThatThrownBy(() -> DriftTest.PSI.compare(numbers, categories, Guard.OFF))
        .hasMessageContaining("categories cannot be compared");
    assertThatThrownBy(
            () -> DriftTest.PSI.compare(numbers, new Window.BinCounts(new long[] {1}), Guard.OFF))
        .hasMessageContaining("the window has 1 bins");
  }

  private static void expect(double[] before, double[] after, double index, int bins) {
    var score = score(NumericReference.of(before), Window.of(after), Guard.OFF);
    assertThat(score.statistic()).isCloseTo(index, within(1e-12));
    assertThat(score.bins()).isEqualTo(bins);
  }

  private static DriftScore score(Reference reference, Window window, Guard guard) {
    return (DriftScore) DriftTest.PSI.compare(reference, window, guard);
  }
}

package io.tocsin.drift.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MultipleTestsTest {

  /** The example of Benjamini and Hochberg's paper: four of fifteen at 0.05. */
  private static final double[] PAPER = {
    .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528,
    .7590, 1
  };

  @Test
  void rejectsFourOfThePapersFifteen() {
    assertThat(rejected(MultipleTests.benjaminiHochberg(PAPER, .05, false))).isEqualTo(4);
    assertThat(rejected(MultipleTests.bonferroni(PAPER, .05, false))).isEqualTo(3);
  }

  @Test
  void theEdgeIsRejectedUnlessStrict() {
    double[] p = {.025, .5};

    assertThat(MultipleTests.benjaminiHochberg(p, .05, false)).containsExactly(true, false);
    assertThat(MultipleTests.benjaminiHochberg(p, .05, true)).containsExactly(false, false);
    assertThat(MultipleTests.bonferroni(p, .05, false)).containsExactly(true, false);
    assertThat(MultipleTests.bonferroni(p, .05, true)).containsExactly(false, false);
  }

  @Test
  void aLargerPValueIsCarriedByOnesBelowTheirBound() {
    assertThat(MultipleTests.benjaminiHochberg(new double[] {.04, .01, .03}, .05, false))
        .containsExactly(true, true, true);
  }

  /** {@code scipy.stats.false_discovery_control([.04, .01, .03, .9])}. */
  @Test
  void adjustedValuesAreTheQAtWhichEachIsRejected() {
    double[] adjusted = MultipleTests.adjusted(new double[] {.04, .01, .03, .9});

    assertThat(adjusted[0]).isCloseTo(.16 / 3, within(1e-12));
    assertThat(adjusted[1]).isCloseTo(.04, within(1e-12));
    assertThat(adjusted[2]).isCloseTo(.16 / 3, within(1e-12));
    assertThat(adjusted[3]).isCloseTo(.9, within(1e-12));
  }

  /** {@code statsmodels.stats.proportion.proportion_confint(8, 10, method="wilson")}. */
  @Test
  void wilsonsIntervalStaysInsideZeroAndOne() {
    Interval interval = Interval.wilson(8, 10, Interval.Z95);

    assertThat(interval.low()).isCloseTo(.4901624715, within(1e-9));
    assertThat(interval.high()).isCloseTo(.9433178485, within(1e-9));
    assertThat(Interval.wilson(0, 10, Interval.Z95).low()).isZero();
    assertThat(Interval.wilson(10, 10, Interval.Z95).high()).isEqualTo(1);
  }

  private static int rejected(boolean[] found) {
    int count = 0;
    for (boolean one : found) {
      count += one ? 1 : 0;
    }
    return count;
  }
}

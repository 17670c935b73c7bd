package io.tocsin.drift;

import static io.tocsin.drift.Sequences.spread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Golden values from SciPy 1.10.1, {@code s} being {@link Sequences#spread}: {@code python3 -c
 * "from scipy.stats import ks_2samp; s=lambda k,p,m,a,b:[(i*k%p)/p*a+b for i in range(1,m+1)];
 * print(ks_2samp(s(7919,1009,120,1,0), s(104729,997,80,1,.15)))"}
 */
class KolmogorovSmirnovTest {

  @Test
  void agreesWithScipyExactly() {
    expect(spread(7919, 1009, 120, 1, 0), spread(104729, 997, 80, 1, .15), .15, .21525250811184002);
    expect(spread(7919, 1009, 100, 1, 0), spread(104729, 997, 100, 1.3, 0), .2, .03638428787491733);
    expect(
        spread(7919, 1009, 1000, 1, 0),
        spread(104729, 997, 1000, 1.1, 0),
        .091,
        .0005028776494501317);
    expect(
        spread(7919, 10007, 10000, 1, 0),
        spread(104729, 9973, 500, 1, .05),
        .0512,
        .15960408309694218);
  }

  @Test
  void looksAtTheGapAfterEachDistinctValueOnly() {
    expect(
        new double[] {0, 0, 0, 1, 1, 2, 2, 2, 3, 5},
        new double[] {0, 1, 1, 1, 2, 3, 3, 4, 5, 5, 5, 5},
        .38333333333333336,
        .3182699653287888);
  }

  @Test
  void agreesWithScipyOnASingleRow() {
    expect(new double[] {1}, new double[] {2, 3, 4}, 1, .5);
    expect(new double[] {2.5}, new double[] {1, 2, 3, 4, 5, 6, 7}, .7142857142857143, .75);
    expect(new double[] {1}, new double[] {1}, 0, 1);
    expect(new double[] {1}, new double[] {2}, 1, 1);
    expect(new double[] {1, 2}, new double[] {5}, 1, .6666666666666666);
  }

  @Test
  void agreesWithScipyBeyondTenThousandRowsWhereHalvesRoundToEven() {
    expect(
        spread(7919, 20011, 20001, 1, 0),
        spread(104729, 20021, 20001, 1, .01),
        .010049497525123852,
        .26297626541345864);
    expect(
        spread(7919, 20011, 20000, 1, 0),
        spread(104729, 20021, 300, 1, .08),
        .08235,
        .034062524565884766);
  }

  /** {@code python3 -c "from scipy.stats import kstwo; print(kstwo.sf(.0012, 1500000))"}. */
  @Test
  void staysWithinAMillionthOfScipyForMillionsOfRows() {
    assertThat(ofHalves(3_000_000, .0012).pValue().orElseThrow())
        .isCloseTo(.02657841366403746, within(1e-6));
    assertThat(ofHalves(2_400_000, .002).pValue().orElseThrow())
        .isCloseTo(.00013527697710805542, within(1e-6));
  }

  /** Two sides of equal size, whose shares of the lower half differ by {@code gap}. */
  private static DriftScore ofHalves(long rows, double gap) {
    var moved = Math.round(rows * gap);
    var reference =
        NumericReference.restore(
            new double[] {0}, new boolean[] {true}, new long[] {rows / 2, rows / 2}, new double[0]);
    var window = new Window.BinCounts(new long[] {rows / 2 + moved, rows / 2 - moved});
    return (DriftScore) DriftTest.KOLMOGOROV_SMIRNOV.compare(reference, window, Guard.OFF);
  }

  @Test
  void binsLoseNoMoreThanTheResolutionTheyState() {
    double[] before = spread(7919, 10007, 5000, 1, 0);
    double[] after = spread(104729, 9973, 800, 1.1, .02);
    var reference = NumericReference.of(before);
    var exact = score(reference, Window.of(after));

    var binned = score(reference.binsOnly(), new Window.BinCounts(reference.count(after)));

    assertThat(binned.statistic()).isLessThanOrEqualTo(exact.statistic());
    assertThat(binned.statistic() + binned.resolution()).isGreaterThanOrEqualTo(exact.statistic());
    assertThat(exact.statistic() - binned.statistic()).isLessThan(.01);
    assertThat(exact.resolution()).isZero();
  }

  @Test
  void theFloorIsTheCriticalDistanceForTheSizes() {
    double[] values = spread(7919, 10007, 1000, 1, 0);

    var score =
        (DriftScore)
            DriftTest.KOLMOGOROV_SMIRNOV.compare(
                NumericReference.of(values), Window.of(values), new Guard(1, 1, 0, .05));

    assertThat(score.floor()).isCloseTo(.061, within(.0005));
  }

  @Test
  void doesNotApplyToCategories() {
    var reference = new CategoricalReference(Map.of("a", 3L));

    assertThat(
            DriftTest.KOLMOGOROV_SMIRNOV.compare(
                reference, new Window.Categories(Map.of("a", 2L)), Guard.OFF))
        .isInstanceOf(DriftResult.Unsuitable.class);
  }

  private static void expect(double[] before, double[] after, double d, double p) {
    var score = score(NumericReference.of(before), Window.of(after));
    assertThat(score.statistic()).isCloseTo(d, within(1e-12));
    assertThat(score.pValue().orElseThrow()).isCloseTo(p, within(1e-9));
  }

  private static DriftScore score(Reference reference, Window window) {
    return (DriftScore) DriftTest.KOLMOGOROV_SMIRNOV.compare(reference, window, Guard.OFF);
  }
}

package io.tocsin.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DriftPropertyTest {

  @Property(tries = 100)
  void theIndexIsNeverNegativeAndZeroOnItself(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 99) Integer> before,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 99) Integer> after) {
    assertThat(score(DriftTest.PSI, before, after, 1).statistic()).isNotNegative();
    assertThat(score(DriftTest.PSI, before, before, 1).statistic()).isZero();
  }

  @Property(tries = 100)
  void theGapIsSymmetricAndBlindToTheScale(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 99) Integer> before,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 99) Integer> after) {
    DriftScore score = score(DriftTest.KOLMOGOROV_SMIRNOV, before, after, 1);
    DriftScore back = score(DriftTest.KOLMOGOROV_SMIRNOV, after, before, 1);

    assertThat(score.statistic()).isBetween(0., 1.).isEqualTo(back.statistic());
    assertThat(score.pValue().orElseThrow())
        .isBetween(0., 1.)
        .isCloseTo(back.pValue().orElseThrow(), within(1e-9));
    assertThat(score(DriftTest.KOLMOGOROV_SMIRNOV, before, after, 1e300).statistic())
        .isEqualTo(score.statistic());
  }

  @Property(tries = 50)
  void theIndexTakesTheLargestNumbersThereAre(
      @ForAll @Size(min = 2, max = 30) List<@IntRange(min = -99, max = 99) Integer> values) {
    assertThat(score(DriftTest.PSI, values, values, Double.MAX_VALUE / 99).statistic()).isZero();
  }

  @Property(tries = 200)
  void countingManyValuesAtOnceFindsTheSameBins(
      @ForAll @Size(min = 1, max = 80) List<@DoubleRange(min = -1e6, max = 1e6) Double> before,
      @ForAll @Size(min = 1, max = 80) List<Double> after,
      @ForAll @IntRange(min = -300, max = 300) int exponent) {
    double scale = Math.pow(10, exponent);
    var reference =
        NumericReference.of(before.stream().mapToDouble(value -> value * scale).toArray());
    double[] few =
        DoubleStream.concat(
                after.stream().mapToDouble(Double::doubleValue),
                Arrays.stream(reference.edges())
                    .flatMap(edge -> DoubleStream.of(edge, Math.nextUp(edge), Math.nextDown(edge))))
            .filter(Double::isFinite)
            .toArray();
    var expected = new long[reference.bins()];
    var many = new double[few.length * 500];
    for (int i = 0; i < many.length; i++) {
      many[i] = few[i % few.length];
      expected[reference.bin(many[i])]++;
    }
    assertThat(reference.count(many)).isEqualTo(expected);
  }

  private static DriftScore score(
      DriftTest test, List<Integer> before, List<Integer> after, double scale) {
    return (DriftScore)
        test.compare(
            NumericReference.of(scaled(before, scale)), Window.of(scaled(after, scale)), Guard.OFF);
  }

  private static double[] scaled(List<Integer> values, double scale) {
    return values.stream().mapToDouble(value -> value * scale).toArray();
  }
}

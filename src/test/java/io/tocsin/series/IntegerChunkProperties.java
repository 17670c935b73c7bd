package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;

class IntegerChunkProperties {

  @Provide
  Arbitrary<double[]> values() {
    Arbitrary<Double> value =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-300, 300).map(i -> (double) i),
            Arbitraries.longs().between(-(1L << 53), 1L << 53).map(l -> (double) l),
            Arbitraries.bigDecimals()
                .ofScale(3)
                .between(new java.math.BigDecimal(-1_000), new java.math.BigDecimal(1_000))
                .map(java.math.BigDecimal::doubleValue),
            Arbitraries.of(0.1, 0.3, 1e-12, 1e15, 99.999999));
    Arbitrary<Double> any =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(30, value),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(-0.0, Double.NaN, 1e300, StaleMarker.VALUE)));
    Arbitrary<double[]> plain = value.array(double[].class).ofMinSize(1).ofMaxSize(200);
    return Arbitraries.oneOf(plain, any.array(double[].class).ofMinSize(1).ofMaxSize(60));
  }

  private static Points points(double[] values, long seed) {
    var random = new Random(seed);
    var points = new Points(values.length);
    long at = random.nextLong(-1_000_000, 1_700_000_000_000L);
    for (double value : values) {
      points.add(at, value);
      at += random.nextInt(4) == 0 ? random.nextLong(1, 1L << random.nextInt(1, 40)) : 15_000;
    }
    return points;
  }

  @Property(tries = 500)
  void whatGoesInComesOutBitForBit(@ForAll("values") double[] values, @ForAll long seed) {
    Points points = points(values, seed);
    IntegerChunk.encode(points, 0, points.size())
        .ifPresent(bytes -> assertSame(EncodedChunk.of(Labels.EMPTY, bytes), points));
    assertSame(
        EncodedChunk.merged(
                Labels.EMPTY,
                List.of(EncodedChunk.of(Labels.EMPTY, EncodedChunk.encode(points))),
                300)
            .getFirst(),
        points);
  }

  private static void assertSame(EncodedChunk chunk, Points expected) {
    SeriesPoints wanted = expected.of(Labels.EMPTY);
    assertThat(chunk.count()).isEqualTo(wanted.size());
    assertThat(chunk.startMillis()).isEqualTo(wanted.timestamps()[0]);
    assertThat(chunk.endMillis()).isEqualTo(wanted.timestamps()[wanted.size() - 1]);
    SeriesPoints all = chunk.read(Long.MIN_VALUE, Long.MAX_VALUE).of(Labels.EMPTY);
    assertThat(all.timestamps()).isEqualTo(wanted.timestamps());
    assertThat(bits(all)).isEqualTo(bits(wanted));
    long after = wanted.timestamps()[wanted.size() / 3];
    long until = wanted.timestamps()[wanted.size() * 2 / 3];
    assertThat(chunk.read(after, until).size())
        .isEqualTo(wanted.size() * 2 / 3 - wanted.size() / 3);
  }

  private static long[] bits(SeriesPoints points) {
    return Arrays.stream(points.values()).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Property(tries = 100)
  void countsTakeLessThanTheirXor(@ForAll long seed) {
    var random = new Random(seed);
    var points = new Points(1_000);
    long count = random.nextInt(1_000_000);
    for (int i = 0; i < 1_000; i++) {
      points.add(i * 10_000L, count += random.nextInt(300));
    }

    byte[] bytes = IntegerChunk.encode(points, 0, 1_000).orElseThrow();

    assertThat(bytes.length)
        .isLessThan(1_300)
        .isLessThan(EncodedChunk.encode(points).length * 3 / 4);
  }

  @Property(tries = 500)
  void damagedBytesAreRefusedOrReadAndNothingElse(@ForAll byte[] tail, @ForAll long seed) {
    byte[] bytes = new byte[tail.length + 4];
    bytes[2] = 1;
    bytes[3] = (byte) (seed & 0x7f);
    System.arraycopy(tail, 0, bytes, 4, tail.length);
    Throwable thrown =
        Assertions.catchThrowable(
            () -> IntegerChunk.decode(bytes, Long.MIN_VALUE, Long.MAX_VALUE, new Points(0)));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    }
  }
}

package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChunkProperties {

  @Provide
  Arbitrary<long[]> steps() {
    Arbitrary<Long> step =
        Arbitraries.oneOf(
            Arbitraries.of(1L, 1000L, 15_000L),
            Arbitraries.longs().between(1, 20_000),
            Arbitraries.longs().between(1, 1L << 40));
    return step.array(long[].class).ofMinSize(1).ofMaxSize(200);
  }

  @Provide
  Arbitrary<long[]> valueBits() {
    Arbitrary<Long> bits =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.doubles().map(Double::doubleToRawLongBits),
            Arbitraries.integers().map(i -> Double.doubleToRawLongBits(i)),
            Arbitraries.of(
                StaleMarker.BITS,
                0x7ff8000000000001L,
                0xfff0000000000000L,
                0x7ff0000000000000L,
                0x8000000000000000L,
                0L,
                1L));
    return bits.array(long[].class).ofSize(200);
  }

  @Property(tries = 300)
  void whatGoesInComesOutBitForBit(
      @ForAll("steps") long[] steps, @ForAll("valueBits") long[] bits, @ForAll int origin) {
    Points points = points(steps, bits, origin);

    var chunk = EncodedChunk.of(Labels.EMPTY, EncodedChunk.encode(points));

    var decoded = chunk.read(Long.MIN_VALUE, Long.MAX_VALUE).of(Labels.EMPTY);
    assertThat(decoded.timestamps()).isEqualTo(points.of(Labels.EMPTY).timestamps());
    assertThat(Arrays.stream(decoded.values()).mapToLong(Double::doubleToRawLongBits).toArray())
        .isEqualTo(Arrays.copyOf(bits, steps.length));
    assertThat(chunk.startMillis()).isEqualTo(decoded.timestamps()[0]);
    assertThat(chunk.endMillis()).isEqualTo(decoded.timestamps()[steps.length - 1]);
  }

  @Property(tries = 300)
  void damagedBytesAreRefusedOrReadButNeverBreakTheReader(
      @ForAll("steps") long[] steps, @ForAll("valueBits") long[] bits, @ForAll int where) {
    byte[] bytes = EncodedChunk.encode(points(steps, bits, 0));
    byte[] cut = Arrays.copyOf(bytes, Math.floorMod(where, bytes.length));

    assertThatThrownBy(() -> EncodedChunk.of(Labels.EMPTY, cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("corrupt chunk");
  }

  @Example
  void theBytesAreThoseOfAPrometheusXorChunk() {
    var points = new Points(3);
    points.add(1000, 1.5);
    points.add(2000, 1.5);
    points.add(3001, 2.5);

    // count 3; varint 1000; 1.5; uvarint 1000, bit 0; then 10 + 14 bits of 1, then
    // 11, leading 1 (5 bits), 12 significant (6 bits) of the XOR 0x7ffc... : 11 00001 001101 ...
    byte[] bytes = EncodedChunk.encode(points);
    assertThat(Arrays.copyOf(bytes, 14))
        .containsExactly(0, 3, 0xd0, 0x0f, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xe8, 0x07);
    assertThat(bits(bytes, 14)).startsWith("0" + "10" + "00000000000001" + "11" + "00001");
  }

  private static String bits(byte[] bytes, int from) {
    var text = new StringBuilder();
    for (int i = from; i < bytes.length; i++) {
      text.append(Integer.toBinaryString(0x100 | (bytes[i] & 0xff)).substring(1));
    }
    return text.toString();
  }

  private static Points points(long[] steps, long[] bits, long origin) {
    var points = new Points(steps.length);
    long timestamp = origin;
    for (int i = 0; i < steps.length; i++) {
      points.add(timestamp, Double.longBitsToDouble(bits[i]));
      timestamp += steps[i];
    }
    return points;
  }
}

package io.tocsin.series;

import java.util.Optional;

/**
 * Samples whose values are short decimals, such as counts, bytes, percentages: written as integers
 * over a power of ten, which takes about half of what their XOR takes. Two zero bytes, where an XOR
 * chunk has its count, then the number of this format, then bits: the count, the exponent, the
 * first timestamp and integer, the differences of the timestamps, and those of the integers to
 * either their predecessor or the first. Differences come in groups of {@link #GROUP}: their least
 * one (a bit says when it is the least one of the group before), the width of the rest, the rest.
 *
 * @see <a href="https://doi.org/10.1002/spe.2203">Frame of reference with bit packing: Decoding
 *     billions of integers per second through vectorization, 2.1</a>
 */
final class IntegerChunk {
  private static final int FORMAT = 1;
  private static final int HEADER = 3;
  private static final int GROUP = 32;
  private static final int MOST_DIGITS = 12;
  private static final long MOST = 1L << 53;
  private static final double[] POWERS = new double[MOST_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MOST_DIGITS; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private IntegerChunk() {}

  static boolean is(byte[] bytes) {
    return bytes.length > HEADER && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == FORMAT;
  }

  static int count(byte[] bytes) {
    long count = new BitReader(bytes, HEADER, bytes.length).varint();
    if (count < 1 || count > 0xffff) {
      throw new IllegalArgumentException("corrupt chunk: " + count + " samples");
    }
    return (int) count;
  }

  /** The points from one index to another, if all their values are such. */
  static Optional<byte[]> encode(Points points, int from, int to) {
    int exponent = exponent(points, from, to);
    if (exponent < 0 || points.timestamp(to - 1) - points.timestamp(from) >= MOST) {
      return Optional.empty();
    }
    var values = new long[to - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(points.value(from + i) * POWERS[exponent]);
      if (!same(values[i], exponent, points.value(from + i))) {
        return Optional.empty();
      }
    }
    byte[] stepwise = encode(points, from, exponent, values, true);
    byte[] fromFirst = encode(points, from, exponent, values, false);
    return Optional.of(stepwise.length <= fromFirst.length ? stepwise : fromFirst);
  }

  /** The least one with which all values are integers; negative when there is none. */
  private static int exponent(Points points, int from, int to) {
    int exponent = 0;
    for (int i = from; i < to; i++) {
      double value = points.value(i);
      while (!same(Math.round(value * POWERS[exponent]), exponent, value)) {
        if (++exponent > MOST_DIGITS) {
          return -1;
        }
      }
    }
    return exponent;
  }

  /** Whether an integer over the power is just this value, bit for bit. */
  private static boolean same(long integer, int exponent, double value) {
    return -MOST < integer
        && integer < MOST
        && Double.doubleToRawLongBits(integer / POWERS[exponent])
            == Double.doubleToRawLongBits(value);
  }

  private static byte[] encode(
      Points points, int from, int exponent, long[] values, boolean stepwise) {
    var bits = new BitWriter(HEADER + values.length / 2);
    bits.write(0, 16);
    bits.write(FORMAT, 8);
    bits.varint(values.length);
    bits.write(exponent, 4);
    bits.write(stepwise ? 1 : 0, 1);
    bits.signedVarint(points.timestamp(from));
    bits.signedVarint(values[0]);
    var times = new long[values.length - 1];
    var differences = new long[values.length - 1];
    for (int i = 1; i < values.length; i++) {
      times[i - 1] = points.timestamp(from + i) - points.timestamp(from + i - 1);
      differences[i - 1] = values[i] - values[stepwise ? i - 1 : 0];
    }
    groups(times, bits);
    groups(differences, bits);
    return bits.bytes();
  }

  private static void groups(long[] numbers, BitWriter bits) {
    long before = 0;
    for (int from = 0; from < numbers.length; from += GROUP) {
      int to = Math.min(numbers.length, from + GROUP);
      long least = Long.MAX_VALUE;
      long most = Long.MIN_VALUE;
      for (int i = from; i < to; i++) {
        least = Math.min(least, numbers[i]);
        most = Math.max(most, numbers[i]);
      }
      bits.write(least == before ? 1 : 0, 1);
      if (least != before) {
        bits.signedVarint(least);
      }
      int width = 64 - Long.numberOfLeadingZeros(most - least);
      bits.write(width, 6);
      for (int i = from; i < to; i++) {
        bits.write(numbers[i] - least, width);
      }
      before = least;
    }
  }

  /** Adds the points in {@code (after, until]}. */
  static void decode(byte[] bytes, long after, long until, Points points) {
    var bits = new BitReader(bytes, HEADER, bytes.length);
    int count = count(bytes);
    bits.varint();
    int exponent = (int) bits.bits(4);
    if (exponent > MOST_DIGITS) {
      throw new IllegalArgumentException("corrupt chunk: exponent " + exponent);
    }
    boolean stepwise = bits.bit();
    long timestamp = bits.signedVarint();
    long value = bits.signedVarint();
    var times = new long[count - 1];
    var differences = new long[count - 1];
    groups(bits, times);
    groups(bits, differences);
    double power = POWERS[exponent];
    long first = value;
    for (int i = 0; timestamp <= until; i++) {
      if (timestamp > after) {
        points.add(timestamp, value / power);
      }
      if (i == count - 1) {
        return;
      }
      timestamp += times[i];
      value = (stepwise ? value : first) + differences[i];
    }
  }

  private static void groups(BitReader bits, long[] numbers) {
    long least = 0;
    for (int from = 0; from < numbers.length; from += GROUP) {
      int to = Math.min(numbers.length, from + GROUP);
      least = bits.bit() ? least : bits.signedVarint();
      int width = (int) bits.bits(6);
      for (int i = from; i < to; i++) {
        numbers[i] = width == 0 ? least : least + bits.bits(width);
      }
    }
  }
}

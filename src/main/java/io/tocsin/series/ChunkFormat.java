package io.tocsin.series;

/**
 * How samples lie in a chunk: a sample count (two bytes, big endian), then timestamps as delta of
 * delta and values as XOR with their predecessor. The bytes are those of Prometheus' XOR chunk
 * (encoding 1), so its tools can read them.
 *
 * @see <a href="https://www.vldb.org/pvldb/vol8/p1816-teller.pdf">Gorilla: a fast, scalable,
 *     in-memory time series database</a>
 * @see <a
 *     href="https://github.com/prometheus/prometheus/blob/main/tsdb/docs/format/chunks.md">Prometheus
 *     chunk format</a>
 */
final class ChunkFormat {
  /** Bytes of the sample count in front. */
  static final int HEADER = 2;

  /** Samples in a full chunk. */
  static final int FULL = 120;

  private ChunkFormat() {}

  static int count(byte[] bytes, int from) {
    return (bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff);
  }

  /** The timestamp of the first sample. */
  static long start(byte[] bytes, int from) {
    return new BitReader(bytes, from + HEADER, bytes.length).signedVarint();
  }

  /**
   * Decodes the first {@code count} samples of the chunk in {@code bytes[from, to)} and adds those
   * in {@code (after, until]} to the points.
   */
  static void decode(
      byte[] bytes, int from, int to, int count, long after, long until, Points points) {
    var bits = new BitReader(bytes, from + HEADER, to);
    long timestamp = bits.signedVarint();
    long delta = 0;
    long value = bits.bits(64);
    int leading = 0;
    int trailing = 0;
    for (int i = 0; ; ) {
      if (timestamp > until) {
        return;
      }
      if (timestamp > after) {
        points.add(timestamp, Double.longBitsToDouble(value));
      }
      if (++i >= count) {
        return;
      }
      delta = i == 1 ? bits.varint() : delta + deltaOfDelta(bits);
      timestamp += delta;
      if (bits.bit()) {
        if (bits.bit()) {
          leading = (int) bits.bits(5);
          int significant = (int) bits.bits(6);
          trailing = 64 - leading - (significant == 0 ? 64 : significant);
          if (trailing < 0) {
            throw new IllegalArgumentException("corrupt chunk: a value wider than 64 bits");
          }
        }
        value ^= bits.bits(64 - leading - trailing) << trailing;
      }
    }
  }

  private static long deltaOfDelta(BitReader bits) {
    if (!bits.bit()) {
      return 0;
    }
    if (!bits.bit()) {
      return signed(bits, 14);
    }
    if (!bits.bit()) {
      return signed(bits, 17);
    }
    return bits.bit() ? bits.bits(64) : signed(bits, 20);
  }

  private static long signed(BitReader bits, int width) {
    long raw = bits.bits(width);
    return raw > 1L << (width - 1) ? raw - (1L << width) : raw;
  }

  /** Whether a delta of delta fits the bucket of that many bits. */
  static boolean fits(long value, int width) {
    return -((1L << (width - 1)) - 1) <= value && value <= 1L << (width - 1);
  }
}

package io.tocsin.series;

import java.util.Arrays;

/** Writes bits, most significant first; what {@link BitReader} reads. */
final class BitWriter {
  private byte[] bytes;
  private int bits;

  /**
   * @param expected bytes
   */
  BitWriter(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  /** The lowest {@code width} bits (0 to 64) of a number. */
  void write(long value, int width) {
    int needed = (bits + width + 7) >>> 3;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, needed + needed / 2);
    }
    put(bytes, bits, value, width);
    bits += width;
  }

  /** Writes the lowest {@code width} bits of a number at a bit of an array with room for them. */
  static void put(byte[] target, int at, long value, int width) {
    int position = at;
    int left = width;
    while (left > 0) {
      int free = 8 - (position & 7);
      int taken = Math.min(free, left);
      long part = value >>> (left - taken) & ((1L << taken) - 1);
      target[position >>> 3] |= (byte) (part << (free - taken));
      position += taken;
      left -= taken;
    }
  }

  /** An unsigned LEB128 number. */
  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      write((rest & 0x7f) | 0x80, 8);
      rest >>>= 7;
    }
    write(rest, 8);
  }

  /** A zigzag-encoded LEB128 number. */
  void signedVarint(long value) {
    varint(value << 1 ^ value >> 63);
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, (bits + 7) >>> 3);
  }
}

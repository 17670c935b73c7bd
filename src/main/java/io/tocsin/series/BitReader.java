package io.tocsin.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a chunk's bits, most significant first. Never reads past its end. */
final class BitReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final long end;
  private long position;

  /** Reads {@code bytes[from, to)}. */
  BitReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = (long) from << 3;
    this.end = (long) to << 3;
  }

  boolean bit() {
    return bits(1) != 0;
  }

  /** The next {@code count} bits (1 to 64) as an unsigned number. */
  long bits(int count) {
    if (count > 56) {
      return bits(count - 32) << 32 | bits(32);
    }
    if (position + count > end) {
      throw new IllegalArgumentException("corrupt chunk: ends in the middle of a sample");
    }
    int at = (int) (position >>> 3);
    long word = at + 8 <= bytes.length ? (long) LONGS.get(bytes, at) : tail(at);
    long value = word << (position & 7) >>> (64 - count);
    position += count;
    return value;
  }

  private long tail(int at) {
    long word = 0;
    for (int i = 0; i < 8; i++) {
      word = word << 8 | (at + i < bytes.length ? bytes[at + i] & 0xff : 0);
    }
    return word;
  }

  /** An unsigned LEB128 number. */
  long varint() {
    if ((position & 7) == 0 && position + 80 <= end) {
      return alignedVarint();
    }
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long part = bits(8);
      value |= (part & 0x7f) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("corrupt chunk: a varint longer than ten bytes");
  }

  /** The same from whole bytes, as every chunk begins with one. */
  private long alignedVarint() {
    int at = (int) (position >>> 3);
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte part = bytes[at++];
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        position = (long) at << 3;
        return value;
      }
    }
    throw new IllegalArgumentException("corrupt chunk: a varint longer than ten bytes");
  }

  /** A zigzag-encoded LEB128 number. */
  long signedVarint() {
    long raw = varint();
    return raw >>> 1 ^ -(raw & 1);
  }
}

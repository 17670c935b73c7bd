package io.tocsin.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow as they are written, little-endian. */
final class ByteSink {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  ByteSink(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  void b(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void ints(int[] values) {
    reserve(4 * values.length);
    for (int value : values) {
      INT.set(bytes, size, value);
      size += 4;
    }
  }

  void longs(long[] values) {
    reserve(8 * values.length);
    for (long value : values) {
      LONG.set(bytes, size, value);
      size += 8;
    }
  }

  void fixed(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void doubles(double[] values) {
    reserve(8 * values.length);
    for (double value : values) {
      LONG.set(bytes, size, Double.doubleToRawLongBits(value));
      size += 8;
    }
  }

  void floats(double[] values) {
    reserve(4 * values.length);
    for (double value : values) {
      INT.set(bytes, size, Float.floatToRawIntBits((float) value));
      size += 4;
    }
  }

  /** Seven bits a byte, the low ones first. */
  void count(long value) {
    reserve(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  /** A number of either sign, small ones short. */
  void signed(long value) {
    count((value << 1) ^ (value >> 63));
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    count(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}

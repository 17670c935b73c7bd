package io.tocsin.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link ByteSink} wrote; what is no such thing is told, not guessed at. */
final class ByteSource {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  private int take(long length) {
    if (length < 0 || length > bytes.length - at) {
      throw new CorruptEntry("%d bytes at %d of %d".formatted(length, at, bytes.length));
    }
    int from = at;
    at += (int) length;
    return from;
  }

  int b() {
    return bytes[take(1)];
  }

  int[] ints(int size) {
    int from = take(4L * size);
    var values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = (int) INT.get(bytes, from + 4 * i);
    }
    return values;
  }

  long[] longs(int size) {
    int from = take(8L * size);
    var values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] = (long) LONG.get(bytes, from + 8 * i);
    }
    return values;
  }

  long fixed() {
    return (long) LONG.get(bytes, take(8));
  }

  double[] doubles(int size) {
    int from = take(8L * size);
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Double.longBitsToDouble((long) LONG.get(bytes, from + 8 * i));
    }
    return values;
  }

  double[] floats(int size) {
    int from = take(4L * size);
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Float.intBitsToFloat((int) INT.get(bytes, from + 4 * i));
    }
    return values;
  }

  long count() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = b();
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new CorruptEntry("a count of more than 64 bits at " + at);
  }

  /** A count of things that follow, each of at least one byte or all of the size of rows. */
  int size(int most) {
    long value = count();
    if (value < 0 || value > most) {
      throw new CorruptEntry("a size of %d at %d, at most %d".formatted(value, at, most));
    }
    return (int) value;
  }

  int left() {
    return bytes.length - at;
  }

  long signed() {
    long value = count();
    return (value >>> 1) ^ -(value & 1);
  }

  String text() {
    int length = size(left());
    return new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }

  /** An entry that cannot be read. */
  static final class CorruptEntry extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptEntry(String message) {
      super(message);
    }
  }
}

package io.tocsin.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Protobuf's wire format over an array, without an object per field. Messages are given by where
 * they end; every read stays before that.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
final class ProtoReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int length;
  private int position;

  /** Reads a whole array. */
  ProtoReader(byte[] bytes) {
    this(bytes, bytes.length);
  }

  /** Reads {@code bytes[0, length)}. */
  ProtoReader(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  int position() {
    return position;
  }

  void jump(int to) {
    position = to;
  }

  boolean more(int end) {
    return position < end;
  }

  /** Whether the next byte is this one-byte tag. */
  boolean nextIs(int tag) {
    return bytes[position] == tag;
  }

  /** Field number and wire type. */
  int tag() {
    long tag = varint(length);
    if (tag < 8 || tag > 0xffffffffL) {
      throw malformed("field tag " + Long.toUnsignedString(tag) + " found");
    }
    return (int) tag;
  }

  /** Reads the length of a field and answers where it ends. */
  int end(int limit) {
    long length = varint(limit);
    if (length < 0 || length > limit - position) {
      throw malformed(
          "length "
              + Long.toUnsignedString(length)
              + " found, expected at most "
              + (limit - position));
    }
    return position + (int) length;
  }

  long varint(int end) {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++];
    }
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1, end);
      long part = bytes[position++];
      value |= (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw malformed("varint longer than ten bytes found");
  }

  long fixed64(int end) {
    need(8, end);
    long value = (long) LONGS.get(bytes, position);
    position += 8;
    return value;
  }

  /** Passes over a field we do not know. */
  void skip(int tag, int end) {
    switch (tag & 7) {
      case VARINT -> varint(end);
      case FIXED64 -> pass(8, end);
      case LENGTH_DELIMITED -> position = end(end);
      case FIXED32 -> pass(4, end);
      default -> throw malformed("wire type " + (tag & 7) + " found");
    }
  }

  private void pass(int count, int end) {
    need(count, end);
    position += count;
  }

  private void need(int count, int end) {
    if (end - position < count) {
      throw malformed("message ends, expected " + count + " more bytes");
    }
  }

  private MalformedInput malformed(String what) {
    return new MalformedInput("protobuf, byte " + position + ": " + what);
  }
}

package io.tocsin.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf's wire format into one growing array. The length of a nested message is written behind
 * its end, in as many bytes as were left for it, so nothing is copied.
 */
final class ProtoWriter {
  /** Bytes left for a length: a varint of 28 bits, padded. */
  private static final int LENGTH = 4;

  private final IngestLimits limits;
  private byte[] bytes = new byte[1024];
  private int size;

  ProtoWriter(IngestLimits limits) {
    this.limits = limits;
  }

  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }

  void varint(int field, long value) {
    tag(field, ProtoReader.VARINT);
    rawVarint(value);
  }

  void fixed64(int field, long value) {
    tag(field, ProtoReader.FIXED64);
    room(8);
    for (int i = 0; i < 8; i++) {
      bytes[size++] = (byte) (value >>> 8 * i);
    }
  }

  void text(int field, String text) {
    raw(field, text.getBytes(StandardCharsets.UTF_8));
  }

  void raw(int field, byte[] content) {
    int start = begin(field);
    room(content.length);
    System.arraycopy(content, 0, bytes, size, content.length);
    size += content.length;
    end(start);
  }

  /** Begins a nested message; what is given back is for {@link #end}. */
  int begin(int field) {
    tag(field, ProtoReader.LENGTH_DELIMITED);
    room(LENGTH);
    size += LENGTH;
    return size;
  }

  void end(int start) {
    int length = size - start;
    for (int i = 0; i < LENGTH; i++) {
      int part = length >>> 7 * i & 0x7f;
      bytes[start - LENGTH + i] = (byte) (i == LENGTH - 1 ? part : part | 0x80);
    }
  }

  private void tag(int field, int wireType) {
    rawVarint((long) field << 3 | wireType);
  }

  private void rawVarint(long value) {
    room(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  private void room(int more) {
    int needed = size + more;
    limits.checkDecoded(needed);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }
}

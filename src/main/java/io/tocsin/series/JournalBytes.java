package io.tocsin.series;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The bytes of one journal payload, written or read from front to back, sealed by a CRC32C. */
final class JournalBytes {
  private static final int SEAL = 4;

  private byte[] bytes;
  private int position;
  private int end;

  private JournalBytes(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  static JournalBytes writing(int expected) {
    return new JournalBytes(new byte[expected], 0);
  }

  /** Opens a sealed payload; throws when the seal does not fit. */
  static JournalBytes reading(byte[] sealed) {
    int end = sealed.length - SEAL;
    if (end < 1) {
      throw new JournalCodec.CorruptJournal(
          "journal payload: " + sealed.length + " bytes found, expected more than " + SEAL);
    }
    int found = ByteBuffer.wrap(sealed).getInt(end);
    int expected = checksum(sealed, end);
    if (found != expected) {
      throw new JournalCodec.CorruptJournal(
          "journal payload of %d bytes: CRC32C %08x found, expected %08x"
              .formatted(sealed.length, found, expected));
    }
    return new JournalBytes(sealed, end);
  }

  private static int checksum(byte[] bytes, int end) {
    var crc = new CRC32C();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }

  byte[] sealed() {
    byte[] sealed = Arrays.copyOf(bytes, position + SEAL);
    ByteBuffer.wrap(sealed).putInt(position, checksum(sealed, position));
    return sealed;
  }

  private void room(int more) {
    if (position + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(position + more, bytes.length * 2));
    }
  }

  void writeByte(int value) {
    room(1);
    bytes[position++] = (byte) value;
  }

  void writeVarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  void writeSigned(long value) {
    writeVarint(value << 1 ^ value >> 63);
  }

  void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeVarint(encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, position, encoded.length);
    position += encoded.length;
  }

  /** The {@code count} most significant bytes of a number. */
  void writeTop(long value, int count) {
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[position++] = (byte) (value >>> (56 - 8 * i));
    }
  }

  boolean atEnd() {
    return position == end;
  }

  int readByte() {
    need(1);
    return bytes[position++] & 0xff;
  }

  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long part = readByte();
      value |= (part & 0x7f) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new JournalCodec.CorruptJournal(
        "journal payload: a varint longer than ten bytes before byte " + position);
  }

  long readSigned() {
    long raw = readVarint();
    return raw >>> 1 ^ -(raw & 1);
  }

  /** A number of things that take at least one byte each. */
  int readCount() {
    long count = readVarint();
    if (count < 0 || count > end - position) {
      throw new JournalCodec.CorruptJournal(
          "journal payload: count "
              + Long.toUnsignedString(count)
              + " found before byte "
              + position
              + ", expected at most "
              + (end - position));
    }
    return (int) count;
  }

  String readText() {
    int length = readCount();
    try {
      var text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
      position += length;
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new JournalCodec.CorruptJournal(
          "journal payload: text that is not UTF-8 at byte " + position);
    }
  }

  long readTop(int count) {
    need(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (bytes[position++] & 0xffL) << (56 - 8 * i);
    }
    return value;
  }

  private void need(int count) {
    if (end - position < count) {
      throw new JournalCodec.CorruptJournal(
          "journal payload: ends at byte " + end + ", expected " + count + " more");
    }
  }
}

package io.tocsin.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The chunk being written, in {@link ChunkFormat}. One thread appends; a reader that takes the
 * count first may decode that many samples meanwhile: bits are only ever added behind those it
 * reads, and the count is released after them.
 */
final class HeadChunk {
  /**
   * A sample takes at most 4 + 64 bits of time and 13 + 64 bits of value; the first ones 20 bytes.
   */
  private static final int LARGEST_SAMPLE = 20;

  private static final int NO_WINDOW = 0xff;

  /** What it costs to name a window; one that is wider by more than this is not used again. */
  private static final int WINDOW_BITS = 11;

  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(HeadChunk.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile byte[] bytes;
  private int bits = ChunkFormat.HEADER << 3;
  private int count;

  /** What {@link #count} will be; ahead of it while the last sample's fields are being changed. */
  private int begun;

  private long lastTimestamp;
  private long lastDelta;
  private long lastValue;
  private byte leading = (byte) NO_WINDOW;
  private byte trailing;

  /** Empty, with no room yet. */
  HeadChunk() {
    bytes = new byte[ChunkFormat.HEADER];
  }

  /** With its first sample. */
  HeadChunk(long timestamp, double value) {
    bytes = new byte[32];
    append(timestamp, value);
  }

  /** How many samples a reader may decode. Read this before {@link #bytes}. */
  int count() {
    return (int) COUNT.getAcquire(this);
  }

  /** The encoded samples so far, with room behind; the two bytes of the count are not set. */
  byte[] bytes() {
    return bytes;
  }

  /** For the writer alone. */
  boolean full() {
    return count >= ChunkFormat.FULL;
  }

  /** For the writer alone. */
  long lastTimestamp() {
    return lastTimestamp;
  }

  /**
   * Adds the last sample without decoding the others, if it lies in {@code (after, until]} or
   * before that. Answers false, and adds nothing, when the chunk must be decoded: it is empty, its
   * last sample lies after the interval, or one is being written right now.
   */
  boolean addLast(long after, long until, Points points) {
    int ready = count();
    long timestamp = lastTimestamp;
    long value = lastValue;
    VarHandle.acquireFence();
    if (ready == 0 || begun != ready || timestamp > until) {
      return false;
    }
    if (timestamp > after) {
      points.add(timestamp, Double.longBitsToDouble(value));
    }
    return true;
  }

  /** For the writer alone: the timestamp must lie after the last one. */
  void append(long timestamp, double value) {
    byte[] target = roomy();
    begun = count + 1;
    VarHandle.releaseFence();
    long raw = Double.doubleToRawLongBits(value);
    long delta = timestamp - lastTimestamp;
    if (count == 0) {
      varint(target, timestamp << 1 ^ timestamp >> 63);
      write(target, raw, 64);
    } else if (count == 1) {
      varint(target, delta);
      writeValue(target, raw ^ lastValue);
    } else {
      writeDeltaOfDelta(target, delta - lastDelta);
      writeValue(target, raw ^ lastValue);
    }
    lastDelta = delta;
    lastTimestamp = timestamp;
    lastValue = raw;
    COUNT.setRelease(this, count + 1);
  }

  private byte[] roomy() {
    byte[] now = bytes;
    int used = (bits + 7) >>> 3;
    if (used + LARGEST_SAMPLE <= now.length) {
      return now;
    }
    byte[] larger = Arrays.copyOf(now, used + LARGEST_SAMPLE + used / 2);
    bytes = larger;
    return larger;
  }

  private void writeDeltaOfDelta(byte[] target, long change) {
    if (change == 0) {
      write(target, 0, 1);
    } else if (ChunkFormat.fits(change, 14)) {
      write(target, 0b10, 2);
      write(target, change, 14);
    } else if (ChunkFormat.fits(change, 17)) {
      write(target, 0b110, 3);
      write(target, change, 17);
    } else if (ChunkFormat.fits(change, 20)) {
      write(target, 0b1110, 4);
      write(target, change, 20);
    } else {
      write(target, 0b1111, 4);
      write(target, change, 64);
    }
  }

  private void writeValue(byte[] target, long change) {
    if (change == 0) {
      write(target, 0, 1);
      return;
    }
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(change));
    int newTrailing = Long.numberOfTrailingZeros(change);
    int known = leading & 0xff;
    int significant = 64 - newLeading - newTrailing;
    boolean fits = known != NO_WINDOW && newLeading >= known && newTrailing >= trailing;
    if (fits && 64 - known - trailing <= significant + WINDOW_BITS) {
      write(target, 0b10, 2);
      write(target, change >>> trailing, 64 - known - trailing);
      return;
    }
    leading = (byte) newLeading;
    trailing = (byte) newTrailing;
    write(target, 0b11, 2);
    write(target, newLeading, 5);
    write(target, significant & 63, 6);
    write(target, change >>> newTrailing, significant);
  }

  private void varint(byte[] target, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      write(target, (rest & 0x7f) | 0x80, 8);
      rest >>>= 7;
    }
    write(target, rest, 8);
  }

  private void write(byte[] target, long value, int width) {
    BitWriter.put(target, bits, value, width);
    bits += width;
  }

  /**
   * For the writer alone: how many bits are in use, to be given to {@link #encoded} with the count.
   */
  int bits() {
    return bits;
  }

  /** The chunk as it was at a count and its number of bits: self-contained, without spare room. */
  byte[] encoded(int countThen, int bitsThen) {
    byte[] encoded = Arrays.copyOf(bytes, (bitsThen + 7) >>> 3);
    encoded[0] = (byte) (countThen >>> 8);
    encoded[1] = (byte) countThen;
    return encoded;
  }
}

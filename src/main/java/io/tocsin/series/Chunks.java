package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.Arrays;
import java.util.List;

/**
 * All samples of one series: closed chunks one behind the other in a single array, the head chunk
 * being written, and the few late samples that lie over them. Immutable but for the growing head,
 * so a reader that holds one sees a consistent past. Closed chunks do not overlap and are in order.
 *
 * @param closed the closed chunks' bytes
 * @param offsets where each closed chunk starts
 * @param late samples that arrived out of order or replaced another; they win over the chunks
 */
@SuppressWarnings({"ArrayRecordComponent", "ReferenceEquality"}) // compared by identity only
record Chunks(byte[] closed, int[] offsets, HeadChunk head, Late late) {
  private static final byte[] NO_BYTES = {};
  private static final int[] NO_OFFSETS = {};

  /** Late samples are folded into the chunks when there are this many. */
  private static final int MOST_LATE = ChunkFormat.FULL;

  /** No samples at all. */
  static final Chunks NONE = new Chunks(NO_BYTES, NO_OFFSETS, new HeadChunk(), Late.NONE);

  /** With these points. */
  static Chunks of(Points points) {
    if (points.size() == 0) {
      return NONE;
    }
    Chunks chunks = starting(points.timestamp(0), points.value(0));
    for (int i = 1; i < points.size(); i++) {
      chunks = chunks.following(points.timestamp(i), points.value(i));
    }
    return chunks;
  }

  static Chunks starting(long timestamp, double value) {
    return new Chunks(NO_BYTES, NO_OFFSETS, new HeadChunk(timestamp, value), Late.NONE);
  }

  /** Late samples in order of time. */
  @SuppressWarnings("ArrayRecordComponent")
  record Late(long[] timestamps, double[] values) {
    static final Late NONE = new Late(new long[0], new double[0]);

    int size() {
      return timestamps.length;
    }

    Late with(long timestamp, double value) {
      int found = Arrays.binarySearch(timestamps, timestamp);
      int at = found >= 0 ? found : -found - 1;
      int rest = timestamps.length - at - (found >= 0 ? 1 : 0);
      long[] newTimestamps = Arrays.copyOf(timestamps, at + 1 + rest);
      double[] newValues = Arrays.copyOf(values, at + 1 + rest);
      System.arraycopy(timestamps, timestamps.length - rest, newTimestamps, at + 1, rest);
      System.arraycopy(values, values.length - rest, newValues, at + 1, rest);
      newTimestamps[at] = timestamp;
      newValues[at] = value;
      return new Late(newTimestamps, newValues);
    }

    Late notBefore(long cutoff) {
      int found = Arrays.binarySearch(timestamps, cutoff);
      int at = found >= 0 ? found : -found - 1;
      return at == 0
          ? this
          : new Late(
              Arrays.copyOfRange(timestamps, at, timestamps.length),
              Arrays.copyOfRange(values, at, values.length));
    }

    Points points(long after, long until) {
      var points = new Points(timestamps.length);
      for (int i = 0; i < timestamps.length; i++) {
        if (timestamps[i] > after && timestamps[i] <= until) {
          points.add(timestamps[i], values[i]);
        }
      }
      return points;
    }
  }

  /** How many chunks, the head included. */
  int count() {
    return offsets.length + 1;
  }

  int closedEnd(int chunk) {
    return chunk + 1 < offsets.length ? offsets[chunk + 1] : closed.length;
  }

  private long start(int chunk) {
    return chunk < offsets.length
        ? ChunkFormat.start(closed, offsets[chunk])
        : ChunkFormat.start(head.bytes(), 0);
  }

  /** The points in {@code (after, until]}. */
  Points read(long after, long until) {
    return read(after, until, new Points(0));
  }

  /** The same in the room of empty points, or in another. */
  Points read(long after, long until, Points points) {
    for (int chunk = lastStartingBy(after); chunk < count(); chunk++) {
      if (chunk > 0 && start(chunk) > until) {
        break;
      }
      decode(chunk, after, until, points);
    }
    return late.size() == 0 ? points : points.mergedWith(late.points(after, until));
  }

  /**
   * At least the newest point in {@code (after, until]}: that one alone where it is known without
   * decoding.
   */
  Points newest(long after, long until, Points room) {
    return late.size() == 0 && head.addLast(after, until, room) ? room : read(after, until, room);
  }

  private void decode(int chunk, long after, long until, Points points) {
    if (chunk == offsets.length) {
      int ready = head.count();
      if (ready == 0) {
        return;
      }
      points.reserve(ready);
      byte[] bytes = head.bytes();
      ChunkFormat.decode(bytes, 0, bytes.length, ready, after, until, points);
    } else {
      int from = offsets[chunk];
      int size = ChunkFormat.count(closed, from);
      points.reserve(size);
      ChunkFormat.decode(closed, from, closedEnd(chunk), size, after, until, points);
    }
  }

  /** The last chunk that starts at or before a time, else the first. */
  private int lastStartingBy(long time) {
    int low = 0;
    int high = offsets.length;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (start(middle) <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The head is closed and a new one begun. */
  private Chunks cut(long timestamp, double value) {
    byte[] done = head.encoded(head.count(), head.bits());
    return new Chunks(
        join(closed, done), with(offsets, closed.length), new HeadChunk(timestamp, value), late);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static int[] with(int[] offsets, int offset) {
    int[] longer = Arrays.copyOf(offsets, offsets.length + 1);
    longer[offsets.length] = offset;
    return longer;
  }

  /** One more late sample. */
  Chunks late(long timestamp, double value) {
    var chunks = new Chunks(closed, offsets, head, late.with(timestamp, value));
    return chunks.late.size() < MOST_LATE ? chunks : chunks.folded();
  }

  /** The late samples written into the chunks; chunks before the first of them stay as they are. */
  private Chunks folded() {
    long first = late.timestamps()[0];
    int kept = Math.min(lastStartingBy(first), offsets.length);
    var points = new Points(late.size());
    for (int chunk = kept; chunk < count(); chunk++) {
      decode(chunk, Long.MIN_VALUE, Long.MAX_VALUE, points);
    }
    points = points.mergedWith(late.points(Long.MIN_VALUE, Long.MAX_VALUE));
    int keptBytes = kept < offsets.length ? offsets[kept] : closed.length;
    var rewritten =
        new Chunks(
            Arrays.copyOf(closed, keptBytes),
            Arrays.copyOf(offsets, kept),
            new HeadChunk(points.timestamp(0), points.value(0)),
            Late.NONE);
    for (int i = 1; i < points.size(); i++) {
      rewritten = rewritten.following(points.timestamp(i), points.value(i));
    }
    return rewritten;
  }

  /** A sample after all others; the same object when the head had room. */
  Chunks following(long timestamp, double value) {
    if (head.full()) {
      return cut(timestamp, value);
    }
    head.append(timestamp, value);
    return this;
  }

  /** Without closed chunks and late samples that lie wholly before a time. */
  Chunks notBefore(long cutoff) {
    int dropped = 0;
    while (dropped < offsets.length && start(dropped + 1) <= cutoff) {
      dropped++;
    }
    Late stillLate = late.notBefore(cutoff);
    if (dropped == 0) {
      return stillLate == late ? this : new Chunks(closed, offsets, head, stillLate);
    }
    int base = dropped < offsets.length ? offsets[dropped] : closed.length;
    int[] moved = Arrays.copyOfRange(offsets, dropped, offsets.length);
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= base;
    }
    return new Chunks(Arrays.copyOfRange(closed, base, closed.length), moved, head, stillLate);
  }

  /** Adds what these hold at the moment, ready to be written, that reaches to or beyond a time. */
  void export(Labels labels, int headCount, int headBits, long since, List<EncodedChunk> out) {
    for (int chunk = lastStartingBy(since); chunk < offsets.length; chunk++) {
      byte[] bytes = Arrays.copyOfRange(closed, offsets[chunk], closedEnd(chunk));
      add(labels, bytes, since, out);
    }
    add(labels, head.encoded(headCount, headBits), since, out);
    Points pending = late.points(Long.MIN_VALUE, Long.MAX_VALUE);
    if (pending.size() > 0) {
      add(labels, EncodedChunk.encode(pending), Long.MIN_VALUE, out);
    }
  }

  private static void add(Labels labels, byte[] bytes, long since, List<EncodedChunk> out) {
    var chunk = EncodedChunk.of(labels, bytes);
    if (chunk.endMillis() >= since) {
      out.add(chunk);
    }
  }

  /** Samples held, those that a late one replaces included. */
  long samples() {
    long sum = (long) head.count() + late.size();
    for (int offset : offsets) {
      sum += ChunkFormat.count(closed, offset);
    }
    return sum;
  }

  /** Bytes on the heap, object headers included (compressed references). */
  long bytes() {
    long arrays = 16L + closed.length + 16 + 4L * offsets.length + 16 + head.bytes().length;
    long lateBytes = late == Late.NONE ? 0 : 56 + 16L * late.size();
    return arrays + 32 + 56 + lateBytes;
  }
}

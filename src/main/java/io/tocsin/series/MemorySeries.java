package io.tocsin.series;

import io.tocsin.label.Labels;

/** One series in memory: written by one thread, read by any. */
@SuppressWarnings("ReferenceEquality") // another Chunks object is a change
final class MemorySeries {

  private static final long SAVED = Long.MAX_VALUE;

  private final Labels labels;
  private int number;
  private volatile Chunks chunks;
  private long unsavedFrom;

  MemorySeries(Labels labels, int number, long timestamp, double value) {
    this.labels = labels;
    this.number = number;
    this.chunks = Chunks.starting(timestamp, value);
    this.unsavedFrom = timestamp;
  }

  Labels labels() {
    return labels;
  }

  /** For the writer alone: the number the index knows it by. */
  int number() {
    return number;
  }

  /** For the writer alone. */
  void renumber(int newNumber) {
    number = newNumber;
  }

  Chunks chunks() {
    return chunks;
  }

  /** For the writer alone. */
  long lastTimestamp() {
    return chunks.head().lastTimestamp();
  }

  /** The points in {@code (after, until]}. */
  Points read(long after, long until) {
    return chunks.read(after, until);
  }

  /** For the writer alone. Answers whether the sample lay within the window. */
  boolean append(long timestamp, double value, long windowMillis) {
    Chunks now = chunks;
    long last = now.head().lastTimestamp();
    if (timestamp > last) {
      Chunks next = now.following(timestamp, value);
      if (next != now) {
        chunks = next;
      }
    } else if (older(timestamp, last, windowMillis)) {
      return false;
    } else if (holds(now, timestamp, value)) {
      return true;
    } else {
      chunks = now.late(timestamp, value);
    }
    unsavedFrom = Math.min(unsavedFrom, timestamp);
    return true;
  }

  private static boolean older(long timestamp, long last, long windowMillis) {
    long gap = last - timestamp;
    return gap < 0 || gap > windowMillis;
  }

  /** A sender that repeats itself changes nothing. */
  private static boolean holds(Chunks chunks, long timestamp, double value) {
    Points there = chunks.read(timestamp - 1, timestamp);
    return there.size() > 0
        && Double.doubleToRawLongBits(there.value(0)) == Double.doubleToRawLongBits(value);
  }

  /** For the writer alone: drops what lies wholly before a time. */
  void dropBefore(long cutoff) {
    Chunks now = chunks;
    Chunks rest = now.notBefore(cutoff);
    if (rest != now) {
      chunks = rest;
    }
  }

  /** For the writer alone: readers who still hold this series find nothing in it. */
  void clear() {
    chunks = Chunks.NONE;
  }

  /** For the writer alone: whether anything was appended since the last checkpoint. */
  boolean unsaved() {
    return unsavedFrom != SAVED;
  }

  /** For the writer alone: the earliest timestamp appended since the last checkpoint. */
  long unsavedFrom() {
    return unsavedFrom;
  }

  void saved() {
    unsavedFrom = SAVED;
  }

  void unsavedAgain(long from) {
    unsavedFrom = Math.min(unsavedFrom, from);
  }
}

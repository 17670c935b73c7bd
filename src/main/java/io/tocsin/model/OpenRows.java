package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Predictions that wait for their truth, by the hash of their id: an open-addressed table of plain
 * arrays. When it would hold more than its bound it keeps one id of two by hash, then one of four,
 * and so on: a sample that does not depend on the order of arrival.
 */
final class OpenRows {

  /**
   * One row.
   *
   * @param answer bits of a number, or a hash of a class
   * @param klass its code, -1 when it has none
   * @param segments number of the set of segments it belongs to
   */
  record Row(
      long time,
      long answer,
      int klass,
      float confidence,
      float score,
      int segments,
      boolean judged) {}

  private static final int SMALLEST = 1024;

  private final int most;
  private int level;
  private int size;
  private long[] ids;
  private long[] times;
  private long[] answers;
  private short[] classes;
  private float[] confidences;
  private float[] scores;
  private int[] segments;
  private boolean[] judged;

  /**
   * @param most rows held at once
   */
  OpenRows(int most) {
    this.most = most;
    ids = new long[SMALLEST];
    times = new long[SMALLEST];
    answers = new long[SMALLEST];
    classes = new short[SMALLEST];
    confidences = new float[SMALLEST];
    scores = new float[SMALLEST];
    segments = new int[SMALLEST];
    judged = new boolean[SMALLEST];
  }

  /** The same rows under another bound. */
  OpenRows resized(int bound) {
    var other = new OpenRows(bound);
    other.level = level;
    for (int slot = 0; slot < ids.length; slot++) {
      if (ids[slot] != 0) {
        other.put(ids[slot], get(slot));
      }
    }
    return other;
  }

  int size() {
    return size;
  }

  /** One id of 2^level is held. */
  int level() {
    return level;
  }

  /** Whether rows of this id are held at all. */
  boolean sampled(long id) {
    return IdHash.sampled(id, level);
  }

  /**
   * Holds a row, in place of one with the same id that is not judged yet; true when it is one more,
   * false also when it is outside the sample.
   */
  boolean put(long id, Row row) {
    if (!sampled(id)) {
      return false;
    }
    int slot = slot(id);
    if (ids[slot] == 0 && size == most) {
      level++;
      rebuild(ids.length, Long.MIN_VALUE);
      return put(id, row);
    }
    boolean added = ids[slot] == 0;
    size += added ? 1 : 0;
    if (added || !judged[slot]) {
      set(slot, id, row);
    }
    if (4L * size > 3L * ids.length) {
      rebuild(2 * ids.length, Long.MIN_VALUE);
    }
    return added;
  }

  /** The slot of an id, or -1. */
  int find(long id) {
    int slot = slot(id);
    return ids[slot] == 0 ? -1 : slot;
  }

  Row get(int slot) {
    return new Row(
        times[slot],
        answers[slot],
        classes[slot],
        confidences[slot],
        scores[slot],
        segments[slot],
        judged[slot]);
  }

  void markJudged(int slot) {
    judged[slot] = true;
  }

  private int slot(long id) {
    int mask = ids.length - 1;
    int slot = (int) (id ^ (id >>> 20)) & mask;
    while (ids[slot] != 0 && ids[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void set(int slot, long id, Row row) {
    ids[slot] = id;
    times[slot] = row.time;
    answers[slot] = row.answer;
    classes[slot] = (short) row.klass;
    confidences[slot] = row.confidence;
    scores[slot] = row.score;
    segments[slot] = row.segments;
    judged[slot] = row.judged;
  }

  /** Forgets rows from before a time; a sample that has become sparse grows denser again. */
  void forget(long before) {
    rebuild(ids.length, before);
    if (level > 0 && size < most / 4) {
      level--;
    }
  }

  private void rebuild(int slots, long from) {
    var old = new OpenRows(most);
    old.take(this);
    ids = new long[slots];
    times = new long[slots];
    answers = new long[slots];
    classes = new short[slots];
    confidences = new float[slots];
    scores = new float[slots];
    segments = new int[slots];
    judged = new boolean[slots];
    size = 0;
    for (int slot = 0; slot < old.ids.length; slot++) {
      if (old.ids[slot] != 0 && old.times[slot] >= from && sampled(old.ids[slot])) {
        set(slot(old.ids[slot]), old.ids[slot], old.get(slot));
        size++;
      }
    }
  }

  private void take(OpenRows other) {
    ids = other.ids;
    times = other.times;
    answers = other.answers;
    classes = other.classes;
    confidences = other.confidences;
    scores = other.scores;
    segments = other.segments;
    judged = other.judged;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(level);
    out.writeInt(size);
    for (int slot = 0; slot < ids.length; slot++) {
      if (ids[slot] != 0) {
        out.writeLong(ids[slot]);
        out.writeLong(times[slot]);
        out.writeLong(answers[slot]);
        out.writeShort(classes[slot]);
        out.writeFloat(confidences[slot]);
        out.writeFloat(scores[slot]);
        out.writeInt(segments[slot]);
        out.writeBoolean(judged[slot]);
      }
    }
  }

  void read(DataInput in) throws IOException {
    level = in.readInt();
    int rows = in.readInt();
    for (int i = 0; i < rows; i++) {
      put(
          in.readLong(),
          new Row(
              in.readLong(),
              in.readLong(),
              in.readShort(),
              in.readFloat(),
              in.readFloat(),
              in.readInt(),
              in.readBoolean()));
    }
  }
}

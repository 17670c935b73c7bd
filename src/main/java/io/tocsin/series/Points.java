package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.Arrays;

/** Points being collected, in columns and in order of time. */
final class Points {
  private long[] timestamps;
  private double[] values;
  private int size;

  Points(int expected) {
    timestamps = new long[expected];
    values = new double[expected];
  }

  private Points(long[] timestamps, double[] values) {
    this.timestamps = timestamps;
    this.values = values;
    this.size = values.length;
  }

  /** The points of a series; none may be added. */
  static Points of(SeriesPoints series) {
    return new Points(series.timestamps(), series.values());
  }

  void add(long timestamp, double value) {
    if (size == timestamps.length) {
      reserve(Math.max(16, size));
    }
    timestamps[size] = timestamp;
    values[size++] = value;
  }

  /** Makes room for so many more. */
  void reserve(int more) {
    if (size + more > timestamps.length) {
      int room = Math.max(size + more, size + size / 2);
      timestamps = Arrays.copyOf(timestamps, room);
      values = Arrays.copyOf(values, room);
    }
  }

  /** Empty again, with its room: for the next series. */
  Points cleared() {
    size = 0;
    return this;
  }

  int size() {
    return size;
  }

  long timestamp(int i) {
    return timestamps[i];
  }

  double value(int i) {
    return values[i];
  }

  /**
   * These points and the newer ones; where both have a timestamp the newer value is taken. Neither
   * of the two may be used afterwards.
   */
  Points mergedWith(Points newer) {
    if (newer.size == 0) {
      return this;
    }
    if (size == 0) {
      return newer;
    }
    if (newer.timestamps[0] > timestamps[size - 1]) {
      reserve(newer.size);
      System.arraycopy(newer.timestamps, 0, timestamps, size, newer.size);
      System.arraycopy(newer.values, 0, values, size, newer.size);
      size += newer.size;
      return this;
    }
    var merged = new Points(size + newer.size);
    int mine = 0;
    int theirs = 0;
    while (mine < size || theirs < newer.size) {
      if (theirs == newer.size || (mine < size && timestamps[mine] < newer.timestamps[theirs])) {
        merged.add(timestamps[mine], values[mine++]);
      } else {
        if (mine < size && timestamps[mine] == newer.timestamps[theirs]) {
          mine++;
        }
        merged.add(newer.timestamps[theirs], newer.values[theirs++]);
      }
    }
    return merged;
  }

  /** The points that lie outside of {@code [from, to]}. */
  Points without(long from, long to) {
    var kept = new Points(size);
    for (int i = 0; i < size; i++) {
      if (timestamps[i] < from || timestamps[i] > to) {
        kept.add(timestamps[i], values[i]);
      }
    }
    return kept;
  }

  /** These points as a series. */
  SeriesPoints of(Labels labels) {
    return size == timestamps.length
        ? new SeriesPoints(labels, timestamps, values)
        : new SeriesPoints(labels, Arrays.copyOf(timestamps, size), Arrays.copyOf(values, size));
  }

  /** These points as a series that keeps them whatever becomes of this. */
  SeriesPoints copied(Labels labels) {
    return new SeriesPoints(labels, Arrays.copyOf(timestamps, size), Arrays.copyOf(values, size));
  }
}

package io.tocsin.promql;

import io.tocsin.series.SeriesPoints;

/**
 * One series' points in {@code (start, end]}, moving forward step by step. Timestamps in
 * milliseconds.
 */
final class Window {
  final long[] times;
  final double[] values;

  /** First point inside. */
  int from;

  /** One past the last point inside. */
  int to;

  /** The open left edge. */
  long start;

  /** The closed right edge. */
  long end;

  /** When the expression is evaluated: the right edge but for {@code offset} and {@code @}. */
  long now;

  Window(SeriesPoints points) {
    this.times = points.timestamps();
    this.values = points.values();
  }

  /** Moves on; edges never go back. Answers whether any point is inside. */
  boolean moveTo(long left, long right, long evaluated) {
    start = left;
    end = right;
    now = evaluated;
    while (to < times.length && times[to] <= right) {
      to++;
    }
    while (from < to && times[from] <= left) {
      from++;
    }
    return from < to;
  }

  int size() {
    return to - from;
  }

  double first() {
    return values[from];
  }

  double last() {
    return values[to - 1];
  }

  /** When a point was taken, in seconds. */
  double seconds(int at) {
    return times[at] / 1000.0;
  }
}

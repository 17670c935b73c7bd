package io.tocsin.promql;

/**
 * The times at which an expression is evaluated: {@code start + i * step}, in milliseconds.
 *
 * @param end what was asked for; the last step may lie before it
 */
record Steps(long start, long step, int count, long end) {

  static Steps instant(long time) {
    return new Steps(time, 1, 1, time);
  }

  static Steps range(long start, long end, long step) {
    return new Steps(start, step, Math.toIntExact((end - start) / step + 1), end);
  }

  long at(int i) {
    return start + i * step;
  }

  /** From the start to the end. */
  long range() {
    return end - start;
  }
}

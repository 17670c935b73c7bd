package io.tocsin.promql;

/** The times at which an expression is evaluated: {@code start + i * step}, in milliseconds. */
record Steps(long start, long step, int count) {

  static Steps instant(long time) {
    return new Steps(time, 1, 1);
  }

  static Steps range(long start, long end, long step) {
    return new Steps(start, step, Math.toIntExact((end - start) / step + 1));
  }

  long at(int i) {
    return start + i * step;
  }

  /** From the first to the last. */
  long range() {
    return end() - start;
  }

  long end() {
    return at(count - 1);
  }
}

package io.tocsin.postgres;

/** Milliseconds that PostgreSQL's {@code timestamptz} can hold. */
final class Times {
  private static final long EARLIEST = -60_000_000_000_000L;
  private static final long LATEST = 9_000_000_000_000_000L / 1000 * 1000;

  private Times() {}

  /** The nearest time that fits: 69 AD to far ahead. */
  static long clamp(long millis) {
    return Math.clamp(millis, EARLIEST, LATEST);
  }
}

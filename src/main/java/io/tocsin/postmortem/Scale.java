package io.tocsin.postmortem;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Maps a range of values to pixels, with round ticks.
 *
 * @param low value at the first pixel
 * @param high value at the last pixel
 * @param first pixel of the low end
 * @param last pixel of the high end
 * @param step distance of ticks
 */
record Scale(double low, double high, double first, double last, double step) {

  private static final double[] ROUND = {1, 2, 5, 10};
  private static final long[] ROUND_MILLIS = {
    1000,
    5000,
    10_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    21_600_000,
    43_200_000
  };
  private static final long DAY_MILLIS = 86_400_000;

  /** Time from left to right, ticks at round minutes, hours or days. */
  static Scale time(long from, long to, int first, int last) {
    long end = Math.max(to, from + 1000);
    double atLeast = (end - from) / 7.0;
    long step =
        Arrays.stream(ROUND_MILLIS)
            .filter(round -> round >= atLeast)
            .findFirst()
            .orElse((long) Math.ceil(atLeast / DAY_MILLIS) * DAY_MILLIS);
    return new Scale(from, end, first, last, step);
  }

  /** Values from bottom to top, the threshold within, from a round value to a round value. */
  static Scale values(double[] values, OptionalDouble threshold, int first, int last) {
    double low = threshold.orElse(Double.POSITIVE_INFINITY);
    double high = threshold.orElse(Double.NEGATIVE_INFINITY);
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low >= 0 && low < high / 2) {
      low = 0;
    }
    if (low == high) {
      double room = low == 0 ? 1 : Math.abs(low) / 2;
      low -= low == 0 ? 0 : room;
      high += room;
    }
    double step = round((high - low) / 4);
    return new Scale(
        Math.floor(low / step) * step, Math.ceil(high / step) * step, first, last, step);
  }

  private static double round(double atLeast) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(atLeast)));
    return Arrays.stream(ROUND)
        .map(digit -> digit * magnitude)
        .filter(candidate -> candidate >= atLeast * 0.999)
        .findFirst()
        .orElse(10 * magnitude);
  }

  double at(double value) {
    return first + (value - low) / (high - low) * (last - first);
  }

  /** Round values within the range. */
  double[] ticks() {
    double start = Math.ceil(low / step - 1e-9);
    int count = (int) Math.floor(high / step + 1e-9 - start) + 1;
    var ticks = new double[Math.max(0, count)];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = (start + i) * step;
    }
    return ticks;
  }
}

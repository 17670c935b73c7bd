package io.tocsin.bench;

import java.util.SplittableRandom;

/** Streams of error bits whose rate changes at a known place. */
final class ErrorBits {

  private ErrorBits() {}

  /** One rate throughout. */
  static double[] stationary(int length, double rate, long seed) {
    return bits(length, seed, i -> rate);
  }

  /** The rate jumps at an index. */
  static double[] abrupt(int length, int at, double before, double after, long seed) {
    return bits(length, seed, i -> i < at ? before : after);
  }

  /** The rate climbs by a slope per step from an index on, as MOA's gradual change generator. */
  static double[] gradual(
      int length, int at, double before, double after, double slope, long seed) {
    return bits(length, seed, i -> i < at ? before : Math.min(after, before + (i - at) * slope));
  }

  private interface Rate {
    double at(int index);
  }

  private static double[] bits(int length, long seed, Rate rate) {
    var random = new SplittableRandom(seed);
    var bits = new double[length];
    for (int i = 0; i < length; i++) {
      bits[i] = random.nextDouble() < rate.at(i) ? 1 : 0;
    }
    return bits;
  }
}

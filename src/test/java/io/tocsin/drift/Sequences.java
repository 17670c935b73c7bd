package io.tocsin.drift;

import java.util.stream.IntStream;

/** Numbers that look random and are easy to write down in another language. */
final class Sequences {

  private Sequences() {}

  /** {@code [(i * k % p) / p * scale + shift for i in range(1, count + 1)]}. */
  static double[] spread(long k, long p, int count, double scale, double shift) {
    return IntStream.rangeClosed(1, count)
        .mapToDouble(i -> (double) (i * k % p) / p * scale + shift)
        .toArray();
  }

  /** One value many times. */
  static double[] repeat(double value, int count) {
    return IntStream.range(0, count).mapToDouble(i -> value).toArray();
  }
}

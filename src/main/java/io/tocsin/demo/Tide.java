package io.tocsin.demo;

import java.util.Random;

/** What makes simulated numbers look alive: seconds that pass, a slow wave, and noise. */
final class Tide {

  private static final double WAVE_SECONDS = 600;

  private final Random random;
  private long seconds;

  Tide(long seed) {
    this.random = new Random(seed);
  }

  /** One second passes. */
  void advance() {
    seconds++;
  }

  /** Seconds since the beginning. */
  long seconds() {
    return seconds;
  }

  /** A value that swings by a share of itself, slowly, with a little noise. */
  double near(double middle, double swing) {
    double wave = Math.sin(2 * Math.PI * seconds / WAVE_SECONDS);
    return middle * (1 + swing * (0.8 * wave + 0.2 * (2 * random.nextDouble() - 1)));
  }

  /** A counter that grows at a pace since long before the beginning. */
  double grown(double perSecond) {
    return perSecond * (86_400 + seconds);
  }
}

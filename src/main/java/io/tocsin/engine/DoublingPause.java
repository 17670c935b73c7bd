package io.tocsin.engine;

import java.time.Duration;

/**
 * How long to wait after failures in a row: twice as long each time, up to a bound.
 *
 * @param first after the first failure
 * @param longest at the most
 */
public record DoublingPause(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /**
   * The wait after one more failure.
   *
   * @param before failures before it; negative counts as none
   */
  public Duration after(int before) {
    Duration pause = first.multipliedBy(1L << Math.min(Math.max(before, 0), MOST_DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}

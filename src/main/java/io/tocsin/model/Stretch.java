package io.tocsin.model;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What is known exactly of one subject's values in a stretch of time.
 *
 * @param from begin of the stretch; the epoch for a baseline
 * @param rows that have a usable value
 * @param missing rows that have none
 * @param mean of numbers; empty for categories and without rows
 * @param sd population standard deviation of numbers
 * @param least the smallest number
 * @param most the largest number
 * @param unseen rows in categories that the baseline did not have; 0 without a baseline
 * @param outside numbers beyond the baseline's smallest and largest; 0 without a baseline
 */
public record Stretch(
    Instant from,
    Instant to,
    long rows,
    long missing,
    OptionalDouble mean,
    OptionalDouble sd,
    OptionalDouble least,
    OptionalDouble most,
    long unseen,
    long outside) {

  /** Share of rows without a usable value, ratio 0-1; empty without rows. */
  public OptionalDouble missingRatio() {
    return ratio(missing, rows + missing);
  }

  /** Share of rows in categories the baseline did not have, ratio 0-1. */
  public OptionalDouble unseenRatio() {
    return ratio(unseen, rows);
  }

  /** Share of numbers beyond the baseline's range, ratio 0-1. */
  public OptionalDouble outsideRatio() {
    return ratio(outside, rows);
  }

  private static OptionalDouble ratio(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}

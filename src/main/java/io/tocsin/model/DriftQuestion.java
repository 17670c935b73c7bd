package io.tocsin.model;

import io.tocsin.drift.DriftTest;
import java.time.Duration;

/**
 * What a drift rule wants to know.
 *
 * @param model name of the model
 * @param window length of the current window, which ends now
 * @param minSamples rows the current window needs; the reference needs five times as many
 * @param segment which rows of the model; a baseline is that of all rows
 */
public record DriftQuestion(
    String model,
    Subject subject,
    DriftTest test,
    Duration window,
    ReferenceSource reference,
    long minSamples,
    Segment segment) {

  /** The shipped default of {@link #minSamples}. */
  public static final long DEFAULT_MIN_SAMPLES = 200;

  /** A question about all rows. */
  public DriftQuestion(
      String model,
      Subject subject,
      DriftTest test,
      Duration window,
      ReferenceSource reference,
      long minSamples) {
    this(model, subject, test, window, reference, minSamples, Segment.ALL);
  }

  /**
   * Checks the question against itself.
   *
   * @throws IllegalArgumentException for an empty window, or a reference that overlaps it
   */
  public DriftQuestion {
    if (!window.isPositive() || minSamples < 1) {
      throw new IllegalArgumentException(
          "a drift test needs a positive window and minimum, found %s and %d"
              .formatted(window, minSamples));
    }
    if (reference instanceof ReferenceSource.Trailing(var length, var offset)
        && offset.compareTo(window) < 0) {
      throw new IllegalArgumentException(
          "the reference ends %s ago, inside the current window of %s".formatted(offset, window));
    }
  }
}

package io.tocsin.drift;

/** What a comparison of two distributions answers: a score, or the reason why there is none. */
public sealed interface DriftResult
    permits DriftScore, DriftResult.NoData, DriftResult.TooFewSamples, DriftResult.Unsuitable {

  /** One side is empty after dropping what is missing (null, NaN, infinite). */
  record NoData(long reference, long current) implements DriftResult {}

  /**
   * There are rows, but fewer than the guard asks for.
   *
   * @param reference rows in the reference
   * @param current rows in the current window
   * @param neededReference rows the reference needs
   * @param neededCurrent rows the current window needs
   */
  record TooFewSamples(long reference, long current, long neededReference, long neededCurrent)
      implements DriftResult {}

  /** The test does not apply to this kind of data, as Kolmogorov-Smirnov to categories. */
  record Unsuitable(String reason) implements DriftResult {}
}

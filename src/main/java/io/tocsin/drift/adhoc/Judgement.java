package io.tocsin.drift.adhoc;

import java.util.Locale;

/** What a comparison comes to. */
public enum Judgement {
  /** The effect reaches the threshold, and noise does not explain it. */
  DRIFT,
  /** The effect is worth a warning, and noise does not explain it. */
  WARNING,
  /** The effect reaches the threshold, but samples of this size do so by themselves. */
  NOISE,
  NO_DRIFT,
  /** There are rows, but fewer than asked for. */
  INSUFFICIENT_DATA,
  /** One side has no rows. */
  NO_DATA,
  /** The method does not apply to these values. */
  UNSUITABLE;

  /** The word in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.tocsin.model;

import java.time.Duration;

/** Where the distribution comes from that the current window is compared with. */
public sealed interface ReferenceSource {

  /** Rows posted once, usually those of the last training, and frozen. */
  record Baseline() implements ReferenceSource {}

  /**
   * Rows predicted in an earlier stretch that moves along.
   *
   * @param window length of the stretch
   * @param offset how long before now it ends; at least the current window, so that the two do not
   *     overlap
   */
  record Trailing(Duration window, Duration offset) implements ReferenceSource {
    public Trailing {
      if (!window.isPositive() || !offset.isPositive()) {
        throw new IllegalArgumentException(
            "a reference needs a positive window and offset, found %s and %s"
                .formatted(window, offset));
      }
    }

    /** How far back rows are needed. */
    Duration reach() {
      return window.plus(offset);
    }
  }
}

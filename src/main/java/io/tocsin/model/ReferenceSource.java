package io.tocsin.model;

import java.time.Duration;

/** Where the distribution comes from that the current window is compared with. */
public sealed interface ReferenceSource {

  /** Rows posted once, usually those of the last training, or a window of the past, frozen. */
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
  }

  /**
   * The same time of the weeks before, so that a Sunday is compared with Sundays. Weeks are of 168
   * hours and days are days of UTC: a change to summer time shifts the comparison by its hour.
   *
   * @param same what is the same
   * @param weeks how many weeks back, 1 to {@link #MOST_WEEKS}
   */
  record Seasonal(Same same, int weeks) implements ReferenceSource {

    /** Weeks a reference may reach back. */
    public static final int MOST_WEEKS = 8;

    public Seasonal {
      if (weeks < 1 || weeks > MOST_WEEKS) {
        throw new IllegalArgumentException(
            "a seasonal reference needs 1 to %d weeks, found %d".formatted(MOST_WEEKS, weeks));
      }
    }
  }

  /** What of the week a seasonal reference keeps. */
  enum Same {
    /** The very stretch of the current window, so many weeks earlier. */
    HOUR,
    /** The whole day of the same weekday. */
    WEEKDAY
  }

  /** How far back rows are needed, beyond the current window. */
  default Duration reach() {
    return switch (this) {
      case Baseline ignored -> Duration.ZERO;
      case Trailing(var window, var offset) -> window.plus(offset);
      case Seasonal(var same, int weeks) -> Duration.ofDays(7L * weeks + 1);
    };
  }
}

package io.tocsin.model;

import java.time.Duration;
import java.util.Collection;

/**
 * How finely and how long rows are remembered: fine slices for the current windows, coarse ones for
 * the stretch behind them.
 *
 * @param fine length of a fine slice, milliseconds
 * @param recent how far back slices are fine, milliseconds
 * @param coarse length of a coarse slice, milliseconds, a multiple of fine
 * @param history how far back anything is known, milliseconds
 */
record Retention(long fine, long recent, long coarse, long history) {

  /** A 60th of a window is as exact as its edges get. */
  private static final int FINE_SLICES = 60;

  private static final int COARSE_SLICES = 240;

  /** Enough for the model's own figures and every question. */
  static Retention of(ModelSpec spec, Collection<DriftQuestion> questions) {
    Duration shortest = spec.window();
    Duration longest = spec.window();
    Duration reach = reach(spec.reference());
    for (DriftQuestion question : questions) {
      shortest = shorter(shortest, question.window());
      longest = longer(longest, question.window());
      reach = longer(reach, reach(question.reference()));
    }
    return of(shortest, longest, longer(longest, reach));
  }

  static Retention of(Duration shortest, Duration longest, Duration history) {
    long fine = Math.max(1000, shortest.toMillis() / FINE_SLICES);
    long coarse = Math.max(1, history.toMillis() / COARSE_SLICES / fine) * fine;
    return new Retention(fine, longest.toMillis(), coarse, history.toMillis());
  }

  private static Duration reach(ReferenceSource reference) {
    return reference instanceof ReferenceSource.Trailing trailing
        ? trailing.reach()
        : Duration.ZERO;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}

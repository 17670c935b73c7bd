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

  /** Counts of a slice are ints: 2^31 rows in six hours are 99,000 a second. */
  private static final Duration MOST_COARSE = Duration.ofHours(6);

  /** A stretch a week ago is cut out of slices no longer than this. */
  private static final Duration HOUR = Duration.ofHours(1);

  /** Enough for the model's own figures and every question. */
  static Retention of(ModelSpec spec, Collection<DriftQuestion> questions) {
    Duration shortest = spec.window();
    Duration longest = spec.window();
    Duration reach = spec.reference().reach();
    boolean seasonal = spec.reference() instanceof ReferenceSource.Seasonal;
    for (DriftQuestion question : questions) {
      shortest = shorter(shortest, question.window());
      longest = longer(longest, question.window());
      reach = longer(reach, question.reference().reach());
      seasonal |= question.reference() instanceof ReferenceSource.Seasonal;
    }
    reach = seasonal ? reach.plus(longest) : reach;
    return of(shortest, longest, longer(longest, reach), seasonal ? HOUR : MOST_COARSE);
  }

  static Retention of(Duration shortest, Duration longest, Duration history) {
    return of(shortest, longest, history, MOST_COARSE);
  }

  private static Retention of(
      Duration shortest, Duration longest, Duration history, Duration mostCoarse) {
    long fine = Math.clamp(shortest.toMillis() / FINE_SLICES, 1000, MOST_COARSE.toMillis());
    long most = Math.max(fine, mostCoarse.toMillis());
    long coarse = Math.max(1, Math.min(most, history.toMillis() / COARSE_SLICES) / fine) * fine;
    return new Retention(fine, longest.toMillis(), coarse, history.toMillis());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}

package io.tocsin.series;

import java.util.List;

/**
 * What a reader found.
 *
 * @param series sorted by labels
 * @param coarseUntil time in milliseconds before which points stand for five minutes each; {@link
 *     #FINE} when all are samples
 */
public record Selected(List<SeriesPoints> series, long coarseUntil) {
  /** In the place of a time: nothing but samples. */
  public static final long FINE = Long.MIN_VALUE;

  public Selected {
    series = List.copyOf(series);
  }

  /** Nothing but samples. */
  public static Selected fine(List<SeriesPoints> series) {
    return new Selected(series, FINE);
  }
}

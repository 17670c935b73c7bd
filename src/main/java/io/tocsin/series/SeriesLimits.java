package io.tocsin.series;

/**
 * How many series there may be. A series beyond is not let in: its samples are left out, all others
 * stay. What was accepted once is let in again after a restart whatever the limits.
 *
 * @param total series in memory
 * @param perJob of them those with the same value of the label {@code job}; those without one are
 *     counted together
 * @param newPerSecond new series of a job per second, in the long run
 * @param burst new series of a job at once
 */
public record SeriesLimits(int total, int perJob, int newPerSecond, int burst) {

  /** Two million, a million of one job, 100,000 new ones of a job per second, a million at once. */
  public static final SeriesLimits DEFAULT =
      new SeriesLimits(2_000_000, 1_000_000, 100_000, 1_000_000);

  /** So many in all, and no other limit. */
  public static SeriesLimits total(int total) {
    return new SeriesLimits(total, total, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}

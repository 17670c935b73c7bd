package io.tocsin.series;

import java.util.List;

/**
 * How many series there are and how many came.
 *
 * @param series in memory, those let in that wait for their first sample included
 * @param created since the start
 * @param createdLastMinute within the last 60 seconds
 * @param jobs by the label {@code job}, the largest first
 */
public record SeriesCensus(
    int series, SeriesLimits limits, long created, long createdLastMinute, List<Job> jobs) {

  /**
   * A job.
   *
   * @param name "" for series without one
   * @param series in memory
   * @param refused samples whose series were not let in, since the start
   */
  public record Job(String name, int series, long refused) {}

  public SeriesCensus {
    jobs = List.copyOf(jobs);
  }
}

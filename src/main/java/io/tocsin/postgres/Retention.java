package io.tocsin.postgres;

import java.time.Duration;

/**
 * How long rows are kept.
 *
 * @param samples blocks of raw samples
 * @param reports five-minute aggregates, incidents, days of checks and everything reports read
 * @param checkResults single results of checks
 */
public record Retention(Duration samples, Duration reports, Duration checkResults) {

  /** 30 days, 400 days, 14 days. */
  public static final Retention DEFAULT =
      new Retention(Duration.ofDays(30), Duration.ofDays(400), Duration.ofDays(14));

  /** How long one of the time tables keeps its rows. */
  Duration of(TableHome.TimeTable table) {
    return switch (table.name()) {
      case "sample_block" -> samples;
      case "check_result" -> checkResults;
      default -> reports;
    };
  }
}

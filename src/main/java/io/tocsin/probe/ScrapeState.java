package io.tocsin.probe;

import java.time.Duration;
import java.time.Instant;

/**
 * How a target's last scrape went.
 *
 * @param health up, down, or unknown before the first scrape
 * @param lastError why it failed, "" when it did not
 * @param lastScrape when it began, the epoch before the first
 */
public record ScrapeState(
    ScrapeTarget target, Health health, String lastError, Instant lastScrape, Duration took) {

  /** Whether the last scrape succeeded. */
  public enum Health {
    UP,
    DOWN,
    UNKNOWN
  }

  static ScrapeState before(ScrapeTarget target) {
    return new ScrapeState(target, Health.UNKNOWN, "", Instant.EPOCH, Duration.ZERO);
  }
}

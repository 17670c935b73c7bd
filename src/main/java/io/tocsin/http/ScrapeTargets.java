package io.tocsin.http;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is scraped, for Prometheus' target page. */
public interface ScrapeTargets {

  /** How the last scrape of a target went. */
  enum Health {
    UP,
    DOWN,
    UNKNOWN
  }

  /**
   * One target.
   *
   * @param discovered labels before relabelling
   * @param labels labels of its series
   * @param pool name of the job it comes from
   * @param url where it is scraped, without credentials
   * @param lastError why the last scrape failed; empty when it did not
   * @param lastScrape when it was scraped last, the epoch when never
   * @param lastDuration how long that took
   */
  record Target(
      Labels discovered,
      Labels labels,
      String pool,
      String url,
      String lastError,
      Instant lastScrape,
      Duration lastDuration,
      Health health,
      Duration interval,
      Duration timeout) {}

  /** The targets now scraped. */
  List<Target> active();

  /** Discovered targets that relabelling dropped, by their discovered labels. */
  List<Labels> dropped();
}

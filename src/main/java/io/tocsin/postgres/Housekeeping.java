package io.tocsin.postgres;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is deleted from the small tables when its time is over. */
final class Housekeeping {

  /**
   * Each with the instant before which reports need nothing. Events and attempts go with theirs.
   */
  private static final List<String> PAST_REPORTS =
      List.of(
          "DELETE FROM incident WHERE state <> 'OPEN' AND coalesce(resolved_at, opened_at) < ?",
          "DELETE FROM delivery WHERE state <> 'PENDING' AND planned_at < ?",
          "DELETE FROM command WHERE answered_at < ?",
          "DELETE FROM silence WHERE ends_at < ?",
          "DELETE FROM maintenance WHERE ends_at < ?",
          "DELETE FROM shift_override WHERE ends_at < ?",
          "DELETE FROM audit_log WHERE at < ?",
          "DELETE FROM drift_finding WHERE at < ?",
          "DELETE FROM check_day WHERE day < ?",
          "DELETE FROM series WHERE last_at < ?");

  private static final String ALERTS_OF_FORGOTTEN =
      """
      DELETE FROM incident_alert
      WHERE NOT EXISTS (SELECT FROM incident WHERE id = incident_alert.incident_id)
      """;

  private Housekeeping() {}

  static void forget(Handle handle, Retention retention, Instant now) {
    Instant before = now.minus(retention.reports());
    PAST_REPORTS.forEach(sql -> handle.execute(sql, before));
    handle.execute(ALERTS_OF_FORGOTTEN);
  }
}

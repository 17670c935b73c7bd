package io.tocsin.model.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Reports that are to go out by mail. Calls block. */
public interface ReportLetters {

  /**
   * A report for one reader.
   *
   * @param plannedAt when it was to go out first
   * @param tries how often it was tried in vain
   */
  record Letter(String model, LocalDate day, String address, Instant plannedAt, int tries) {}

  /** Plans a report for each address; what was planned before stays as it is. */
  void plan(String model, LocalDate day, List<String> addresses, Instant now);

  /** What is to be sent by now, oldest first. */
  List<Letter> due(Instant now, int limit);

  /** It is not tried any more: sent, or given up. */
  void done(Letter letter, Instant now, String outcome);

  /** It failed, and is tried again at that time. */
  void later(Letter letter, Instant next, String outcome);

  /** Drops those of days before. */
  void forget(LocalDate before);
}

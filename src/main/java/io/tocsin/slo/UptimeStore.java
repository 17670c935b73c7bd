package io.tocsin.slo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where days of uptime are kept. Calls may block. */
public interface UptimeStore {

  /**
   * Adds seconds to days and notes until when their subjects are booked, all or nothing.
   *
   * @param added at most one row per subject and day; rows already there are added to
   */
  void add(List<DayUptime> added, Instant bookedUntil);

  /** Until when a subject is booked; empty when it never was. */
  Optional<Instant> bookedUntil(UptimeSubject subject);

  /** Until when each subject is booked that ever was. */
  Map<UptimeSubject, Instant> booked();

  /** Days of one subject from the first to the last, both included, oldest first. */
  List<DayUptime> days(UptimeSubject subject, LocalDate first, LocalDate last);

  /** Days of all subjects of a kind, by subject, then oldest first. */
  List<DayUptime> days(UptimeSubject.Kind kind, LocalDate first, LocalDate last);
}

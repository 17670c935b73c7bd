package io.tocsin.web;

import io.tocsin.check.CheckObservation;
import io.tocsin.http.CheckDesk;
import io.tocsin.series.SeriesPoints;
import io.tocsin.slo.DayUptime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One check with what its runs found.
 *
 * @param row as it stands
 * @param listed how it is run and where it was asked for
 * @param failures runs of the last day that were no success, equal ones together, newest first
 * @param runs how many runs of the last day are known
 * @param firstToday when the first run of this day (UTC) began
 * @param days of the last month, oldest first
 * @param phases how long each part of an HTTP exchange took lately, milliseconds
 * @param powers what whoever looks may do
 */
public record CheckView(
    Instant now,
    CheckRow row,
    CheckDesk.Listed listed,
    List<RepeatedFailure> failures,
    int runs,
    Optional<Instant> firstToday,
    List<DayUptime> days,
    List<PhaseTime> phases,
    Powers powers) {

  private static final int FAILURES = 20;

  /**
   * A part of an exchange.
   *
   * @param name DNS, connect, TLS, first byte, transfer
   */
  public record PhaseTime(String name, double millis) {}

  static List<RepeatedFailure> failures(List<CheckObservation> runs) {
    return RepeatedFailure.newest(runs, FAILURES);
  }

  /** The length of runs over time, seconds. */
  static SeriesPoints latency(List<CheckObservation> runs) {
    return new SeriesPoints(
        io.tocsin.label.Labels.EMPTY,
        runs.stream().mapToLong(run -> run.result().at().toEpochMilli()).toArray(),
        runs.stream().mapToDouble(run -> run.result().durationSeconds()).toArray());
  }

  /** Share of the judged time of a month that was not down, percent. */
  public OptionalDouble uptime() {
    OptionalDouble share = DayUptime.sum(days).availability();
    return share.isPresent() ? OptionalDouble.of(share.getAsDouble() * 100) : share;
  }

  /** What the uptime is of: {@code 30 days}, or since when there are runs to judge by. */
  public String span() {
    Optional<LocalDate> first =
        days.stream().filter(day -> day.seconds().judged() > 0).map(DayUptime::day).findFirst();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (first.isEmpty() || first.get().isBefore(today.minusDays(DayStrip.DAYS - 2L))) {
      return DayStrip.DAYS + " days";
    }
    return first.get().equals(today)
        ? firstToday.map(at -> "since " + Times.minute(at) + " today").orElse("today")
        : "since " + Times.day(first.get().atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** All parts together, milliseconds. */
  public double whole() {
    return phases.stream().mapToDouble(PhaseTime::millis).sum();
  }

  /** Where its pages are. */
  public String path() {
    return "/checks/" + Address.encoded(row.name());
  }
}

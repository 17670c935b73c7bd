package io.tocsin.slo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The running account of one subject: the state it is in and since when that is not booked yet.
 *
 * @param since end of what is booked
 */
public record UptimeAccount(UptimeSubject subject, DayState state, Instant since) {

  /** An account carried forward, and the days' seconds that this added, oldest first. */
  public record Booking(UptimeAccount account, List<DayUptime> days) {
    public Booking {
      days = List.copyOf(days);
    }
  }

  /**
   * Books the state so far and goes on in another. A change that lies before what is booked, as
   * when a clock was set back, takes effect without booking anything twice.
   */
  public Booking change(DayState next, Instant at) {
    Instant until = at.isAfter(since) ? at : since;
    return new Booking(new UptimeAccount(subject, next, until), split(since, until));
  }

  /** Books the state so far and stays in it. */
  public Booking until(Instant now) {
    return change(state, now);
  }

  private List<DayUptime> split(Instant from, Instant to) {
    var days = new ArrayList<DayUptime>();
    for (Instant start = from; start.isBefore(to); ) {
      LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
      Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant end = midnight.isBefore(to) ? midnight : to;
      days.add(new DayUptime(subject, day, StateSeconds.of(state, Duration.between(start, end))));
      start = end;
    }
    return days;
  }
}

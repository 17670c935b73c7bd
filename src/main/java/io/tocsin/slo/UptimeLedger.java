package io.tocsin.slo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The accounts of all subjects: told of every change of state, booked into the store from time to
 * time. What could not be stored is stored with the next booking. Time in which nobody ran the
 * service is booked as unknown. Thread-safe; {@link #begin} and {@link #book} wait for the store.
 */
public final class UptimeLedger {

  private final UptimeStore store;
  private final Map<UptimeSubject, UptimeAccount> accounts = new TreeMap<>();
  private final Map<UptimeSubject, Map<LocalDate, StateSeconds>> unbooked = new TreeMap<>();

  public UptimeLedger(UptimeStore store) {
    this.store = store;
  }

  /** Opens the account of a subject; the gap since its last booking is unknown. */
  public void begin(UptimeSubject subject, Instant now) {
    Instant since = store.bookedUntil(subject).filter(until -> until.isBefore(now)).orElse(now);
    synchronized (this) {
      accounts.putIfAbsent(subject, new UptimeAccount(subject, DayState.UNKNOWN, since));
    }
  }

  /** Notes the state of a subject from an instant on. */
  public synchronized void enter(UptimeSubject subject, DayState state, Instant at) {
    UptimeAccount account =
        accounts.getOrDefault(subject, new UptimeAccount(subject, DayState.UNKNOWN, at));
    keep(account.change(state, at));
  }

  /** Stops an account: a check or component that is no longer there. */
  public synchronized void end(UptimeSubject subject, Instant at) {
    UptimeAccount account = accounts.remove(subject);
    if (account != null) {
      addDays(account.until(at));
    }
  }

  /** Stores everything up to now; throws what the store throws, and loses nothing by it. */
  public void book(Instant now) {
    List<UptimeSubject> subjects;
    synchronized (this) {
      List.copyOf(accounts.values()).forEach(account -> keep(account.until(now)));
      subjects = List.copyOf(unbooked.keySet());
    }
    for (UptimeSubject subject : subjects) {
      book(subject, now);
    }
  }

  private void book(UptimeSubject subject, Instant now) {
    Map<LocalDate, StateSeconds> taken;
    synchronized (this) {
      taken = unbooked.remove(subject);
    }
    if (taken == null) {
      return;
    }
    var days = new ArrayList<DayUptime>();
    taken.forEach((day, seconds) -> days.add(new DayUptime(subject, day, seconds)));
    try {
      store.add(subject, days, now);
    } catch (RuntimeException e) {
      giveBack(days);
      throw e;
    }
  }

  private synchronized void giveBack(List<DayUptime> days) {
    days.forEach(this::addDay);
  }

  private void keep(UptimeAccount.Booking booking) {
    accounts.put(booking.account().subject(), booking.account());
    addDays(booking);
  }

  private void addDays(UptimeAccount.Booking booking) {
    booking.days().forEach(this::addDay);
  }

  private void addDay(DayUptime day) {
    unbooked
        .computeIfAbsent(day.subject(), subject -> new TreeMap<>())
        .merge(day.day(), day.seconds(), StateSeconds::plus);
  }
}

package io.tocsin.slo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
  private static final int AT_ONCE = 1_000;

  private final Map<UptimeSubject, UptimeAccount> accounts = new HashMap<>();
  private final Map<UptimeSubject, Map<LocalDate, StateSeconds>> unbooked = new HashMap<>();

  public UptimeLedger(UptimeStore store) {
    this.store = store;
  }

  /** Opens the account of a subject; the gap since its last booking is unknown. */
  public void begin(UptimeSubject subject, Instant now) {
    begin(List.of(subject), now);
  }

  /** Opens the accounts of those that have none. */
  public void begin(Collection<UptimeSubject> subjects, Instant now) {
    Map<UptimeSubject, Instant> booked = store.booked();
    synchronized (this) {
      for (UptimeSubject subject : subjects) {
        Instant until = booked.getOrDefault(subject, now);
        Instant since = until.isBefore(now) ? until : now;
        accounts.putIfAbsent(subject, new UptimeAccount(subject, DayState.UNKNOWN, since));
      }
    }
  }

  /** Notes the state of a subject from an instant on. */
  public synchronized void enter(UptimeSubject subject, DayState state, Instant at) {
    UptimeAccount account = accounts.get(subject);
    if (account == null) {
      accounts.put(subject, new UptimeAccount(subject, state, at));
    } else if (account.state() != state) {
      keep(account.change(state, at));
    }
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
    for (int from = 0; from < subjects.size(); from += AT_ONCE) {
      book(subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE)), now);
    }
  }

  private void book(List<UptimeSubject> subjects, Instant now) {
    var days = new ArrayList<DayUptime>();
    synchronized (this) {
      for (UptimeSubject subject : subjects) {
        Map<LocalDate, StateSeconds> taken = unbooked.remove(subject);
        if (taken != null) {
          taken.forEach((day, seconds) -> days.add(new DayUptime(subject, day, seconds)));
        }
      }
    }
    try {
      store.add(days, now);
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

package io.tocsin.slo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Days of uptime as long as the process lives. */
public final class InMemoryUptimeStore implements UptimeStore {

  private record Row(UptimeSubject subject, LocalDate day) {}

  private final Map<Row, StateSeconds> days = new HashMap<>();
  private final Map<UptimeSubject, Instant> booked = new HashMap<>();

  @Override
  public synchronized void add(List<DayUptime> added, Instant bookedUntil) {
    for (DayUptime day : added) {
      days.merge(new Row(day.subject(), day.day()), day.seconds(), StateSeconds::plus);
      booked.put(day.subject(), bookedUntil);
    }
  }

  @Override
  public synchronized Optional<Instant> bookedUntil(UptimeSubject subject) {
    return Optional.ofNullable(booked.get(subject));
  }

  @Override
  public synchronized Map<UptimeSubject, Instant> booked() {
    return Map.copyOf(booked);
  }

  @Override
  public List<DayUptime> days(UptimeSubject subject, LocalDate first, LocalDate last) {
    return days(first, last, subject::equals);
  }

  @Override
  public List<DayUptime> days(UptimeSubject.Kind kind, LocalDate first, LocalDate last) {
    return days(first, last, subject -> subject.kind() == kind);
  }

  private synchronized List<DayUptime> days(
      LocalDate first, LocalDate last, Predicate<UptimeSubject> wanted) {
    return days.entrySet().stream()
        .map(
            entry ->
                new DayUptime(entry.getKey().subject(), entry.getKey().day(), entry.getValue()))
        .filter(day -> wanted.test(day.subject()))
        .filter(day -> !day.day().isBefore(first) && !day.day().isAfter(last))
        .sorted(Comparator.comparing(DayUptime::subject).thenComparing(DayUptime::day))
        .toList();
  }
}

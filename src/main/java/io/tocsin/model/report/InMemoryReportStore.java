package io.tocsin.model.report;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reports in memory. Thread-safe. */
final class InMemoryReportStore implements ReportStore {

  private record Key(String model, LocalDate day) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::day).thenComparing(Key::model);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Key, ModelReport> reports = new TreeMap<>();
  private final TreeSet<Key> toMail = new TreeSet<>();

  @Override
  public synchronized void keep(ModelReport report) {
    var key = new Key(report.model(), report.day());
    reports.put(key, report);
    toMail.remove(key);
  }

  @Override
  public synchronized void keepToMail(ModelReport report) {
    keep(report);
    toMail.add(new Key(report.model(), report.day()));
  }

  @Override
  public synchronized List<ModelReport> toMail(int limit) {
    return reports.entrySet().stream()
        .filter(entry -> toMail.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void mailed(String model, LocalDate day) {
    toMail.remove(new Key(model, day));
  }

  @Override
  public synchronized Optional<ModelReport> find(String model, LocalDate day) {
    return Optional.ofNullable(reports.get(new Key(model, day)));
  }

  @Override
  public synchronized List<ModelReport> latest(String model, LocalDate before, int limit) {
    return of(model).filter(report -> report.day().isBefore(before)).limit(limit).toList();
  }

  @Override
  public synchronized List<LocalDate> days(String model) {
    return of(model).map(ModelReport::day).toList();
  }

  private Stream<ModelReport> of(String model) {
    return reports.descendingMap().values().stream().filter(report -> report.model().equals(model));
  }

  @Override
  public synchronized void forget(LocalDate before) {
    reports.keySet().removeIf(key -> key.day().isBefore(before));
    toMail.removeIf(key -> key.day().isBefore(before));
  }
}

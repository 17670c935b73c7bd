package io.tocsin.model.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** As long as the process lives. */
final class InMemoryReports implements ReportStore {

  private final Map<String, ConcurrentSkipListMap<LocalDate, ModelReport>> reports =
      new ConcurrentHashMap<>();

  private ConcurrentSkipListMap<LocalDate, ModelReport> of(String model) {
    return reports.computeIfAbsent(model, name -> new ConcurrentSkipListMap<>());
  }

  @Override
  public void keep(ModelReport report) {
    of(report.model()).put(report.day(), report);
  }

  @Override
  public Optional<ModelReport> find(String model, LocalDate day) {
    return Optional.ofNullable(of(model).get(day));
  }

  @Override
  public List<ModelReport> latest(String model, LocalDate before, int limit) {
    return of(model).headMap(before).descendingMap().values().stream().limit(limit).toList();
  }

  @Override
  public List<LocalDate> days(String model) {
    return List.copyOf(new TreeMap<>(of(model)).descendingKeySet());
  }

  @Override
  public void forget(LocalDate before) {
    reports.values().forEach(its -> its.headMap(before).clear());
  }
}

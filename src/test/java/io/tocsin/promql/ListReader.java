package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A handful of series, sorted. */
public final class ListReader implements SeriesReader {
  private final TreeMap<Labels, TreeMap<Long, Double>> series = new TreeMap<>();
  private int selections;

  /** Adds samples in any order. */
  public ListReader add(SampleBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      series
          .computeIfAbsent(batch.labels(i), labels -> new TreeMap<>())
          .put(batch.timestamp(i), batch.value(i));
    }
    return this;
  }

  /** Adds one sample. */
  public ListReader add(Labels labels, long timestamp, double value) {
    return add(SampleBatch.of(labels, timestamp, value));
  }

  public void clear() {
    series.clear();
  }

  /** How often anything was selected. */
  public int selections() {
    return selections;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    selections++;
    var found = new ArrayList<SeriesPoints>();
    series.forEach(
        (labels, points) -> {
          if (Matcher.all(matchers, labels) && fromMillis < toMillis) {
            Map<Long, Double> inside = points.subMap(fromMillis, false, toMillis, true);
            if (!inside.isEmpty()) {
              found.add(
                  new SeriesPoints(
                      labels,
                      inside.keySet().stream().mapToLong(Long::longValue).toArray(),
                      inside.values().stream().mapToDouble(Double::doubleValue).toArray()));
            }
          }
        });
    return found;
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return series.keySet().stream()
        .filter(l -> matcherSets.isEmpty() || matcherSets.stream().anyMatch(m -> Matcher.all(m, l)))
        .toList();
  }
}

package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which metrics and labels make up most of the series; the largest first.
 *
 * @param metrics series per metric name
 * @param labels different values per label name
 * @param bytes characters of the values per label name, each value once
 * @param pairs series per {@code name=value}
 * @param pairCount how many different pairs there are
 */
public record Cardinality(
    List<Count> metrics, List<Count> labels, List<Count> bytes, List<Count> pairs, long pairCount) {

  /** How many, of what. */
  public record Count(String name, long value) {}

  public Cardinality {
    metrics = List.copyOf(metrics);
    labels = List.copyOf(labels);
    bytes = List.copyOf(bytes);
    pairs = List.copyOf(pairs);
  }

  /** Counts the series; keeps {@code most} of each kind. */
  public static Cardinality of(Collection<Labels> series, int most) {
    var byMetric = new HashMap<String, Long>();
    var values = new HashMap<String, Set<String>>();
    var byPair = new HashMap<String, Long>();
    for (Labels labels : series) {
      byMetric.merge(labels.metricName(), 1L, Long::sum);
      labels.forEach(
          (name, value) -> {
            values.computeIfAbsent(name, key -> new HashSet<>()).add(value);
            byPair.merge(name + "=" + value, 1L, Long::sum);
          });
    }
    var sizes = new HashMap<String, Long>();
    var bytes = new HashMap<String, Long>();
    values.forEach(
        (name, all) -> {
          sizes.put(name, (long) all.size());
          bytes.put(name, all.stream().mapToLong(String::length).sum());
        });
    return new Cardinality(
        largest(byMetric, most),
        largest(sizes, most),
        largest(bytes, most),
        largest(byPair, most),
        byPair.size());
  }

  private static List<Count> largest(Map<String, Long> counts, int most) {
    return counts.entrySet().stream()
        .map(entry -> new Count(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Count::value).reversed().thenComparing(Count::name))
        .limit(most)
        .toList();
  }
}

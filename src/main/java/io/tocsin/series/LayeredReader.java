package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * The recent past from memory and what lies before it from written chunks, merged; where both hold
 * a timestamp, memory has the newer entry.
 */
public final class LayeredReader implements SeriesReader {
  private static final List<List<Matcher>> ALL = List.of(List.of());

  private final SeriesReader recent;
  private final LongSupplier completeFrom;
  private final ChunkSource older;

  /**
   * @param completeFrom the time in milliseconds from which the recent reader has everything; what
   *     ends before it is also looked for in the chunks
   */
  public LayeredReader(SeriesReader recent, LongSupplier completeFrom, ChunkSource older) {
    this.recent = recent;
    this.completeFrom = completeFrom;
    this.older = older;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    long border = completeFrom.getAsLong();
    List<SeriesPoints> fromMemory = recent.select(matchers, fromMillis, toMillis);
    if (border <= fromMillis || fromMillis >= toMillis) {
      return fromMemory;
    }
    var merged = new TreeMap<Labels, Points>();
    for (EncodedChunk chunk : older.chunks(matchers, fromMillis + 1, Math.min(toMillis, border))) {
      merge(merged, chunk.labels(), chunk.read(fromMillis, toMillis));
    }
    for (SeriesPoints series : fromMemory) {
      merge(merged, series.labels(), Points.of(series));
    }
    var found = new ArrayList<SeriesPoints>(merged.size());
    merged.forEach((labels, points) -> found.add(points.of(labels)));
    return found;
  }

  private static void merge(Map<Labels, Points> merged, Labels labels, Points newer) {
    if (newer.size() > 0) {
      merged.merge(labels, newer, Points::mergedWith);
    }
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    long border = completeFrom.getAsLong();
    var found = new TreeSet<>(recent.series(matcherSets, fromMillis, toMillis));
    if (border > fromMillis) {
      for (List<Matcher> matchers : matcherSets.isEmpty() ? ALL : matcherSets) {
        found.addAll(older.series(matchers, fromMillis, Math.min(toMillis, border)));
      }
    }
    return List.copyOf(found);
  }
}

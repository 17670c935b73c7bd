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
 * a timestamp, memory has the newer entry. What is older than any chunk comes from five-minute
 * aggregates, and the answer says so.
 */
public final class LayeredReader implements SeriesReader {
  private static final List<List<Matcher>> ALL = List.of(List.of());

  private final SeriesReader recent;
  private final LongSupplier completeFrom;
  private final ChunkSource older;
  private final LongSupplier samplesFrom;
  private final AggregateSource aggregates;

  /**
   * @param completeFrom the time in milliseconds from which the recent reader has everything; what
   *     ends before it is also looked for in the chunks
   */
  public LayeredReader(SeriesReader recent, LongSupplier completeFrom, ChunkSource older) {
    this(recent, completeFrom, older, () -> Long.MIN_VALUE, AggregateSource.NONE);
  }

  /**
   * @param samplesFrom the time in milliseconds before which samples may be gone; there a series is
   *     also looked for in the aggregates, up to its first sample
   */
  public LayeredReader(
      SeriesReader recent,
      LongSupplier completeFrom,
      ChunkSource older,
      LongSupplier samplesFrom,
      AggregateSource aggregates) {
    this.recent = recent;
    this.completeFrom = completeFrom;
    this.older = older;
    this.samplesFrom = samplesFrom;
    this.aggregates = aggregates;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    return select(Reading.of(matchers, fromMillis, toMillis)).series();
  }

  @Override
  public Selected select(Reading reading) {
    long border = completeFrom.getAsLong();
    long from = reading.fromMillis();
    long to = reading.toMillis();
    if (border <= from || from >= to) {
      return recent.select(reading);
    }
    return merged(reading.whole(), border);
  }

  private Selected merged(Reading reading, long border) {
    long from = reading.fromMillis();
    long to = reading.toMillis();
    Selected fromMemory = recent.select(reading);
    var merged = new Merged(reading.allowance());
    older.each(
        reading.matchers(),
        from + 1,
        Math.min(to, border),
        reading.allowance(),
        chunk -> merged.add(chunk.labels(), chunk.read(from, to)));
    // Memory's points are counted already; those that replace others give back what they replace.
    for (SeriesPoints series : fromMemory.series()) {
      reading.allowance().samples(-series.size());
      merged.add(series.labels(), Points.of(series));
    }
    long coarseUntil = from < samplesFrom.getAsLong() ? coarse(reading, merged) : Selected.FINE;
    return new Selected(merged.series(), coarseUntil);
  }

  /**
   * Puts aggregates before the first sample of each series; answers where the last of them ends.
   */
  private long coarse(Reading reading, Merged merged) {
    long until = Math.min(reading.toMillis(), samplesFrom.getAsLong());
    var all = new Merged(reading.allowance());
    aggregates.each(
        new Reading(
            reading.matchers(), reading.fromMillis(), until, reading.wanted(), reading.allowance()),
        series -> all.add(series.labels(), Points.of(series)));
    long end = Selected.FINE;
    for (Map.Entry<Labels, Points> one : all.byLabels.entrySet()) {
      Points ends = ends(one.getValue(), reading, merged.first(one.getKey()));
      reading.allowance().samples(ends.size() - one.getValue().size());
      if (ends.size() > 0) {
        end = Math.max(end, ends.timestamp(ends.size() - 1));
        merged.before(one.getKey(), ends);
      }
    }
    return end;
  }

  /**
   * Points at the ends of their intervals; the one that reaches beyond the series' first sample
   * lies right before it.
   */
  private static Points ends(Points intervals, Reading reading, long firstSample) {
    var ends = new Points(intervals.size());
    for (int i = 0; i < intervals.size() && intervals.timestamp(i) < firstSample; i++) {
      long end = Math.min(intervals.timestamp(i) + AggregateSource.INTERVAL, firstSample - 1);
      if (end > reading.fromMillis() && end <= reading.toMillis()) {
        ends.add(end, intervals.value(i));
      }
    }
    return ends;
  }

  /** Points by series; each that is held counts once. */
  private record Merged(Allowance allowance, TreeMap<Labels, Points> byLabels) {

    Merged(Allowance allowance) {
      this(allowance, new TreeMap<>());
    }

    void add(Labels labels, Points newer) {
      if (newer.size() == 0) {
        return;
      }
      Points there = byLabels.get(labels);
      int had = there == null ? 0 : there.size();
      Points all = there == null ? newer : there.mergedWith(newer);
      allowance.samples(all.size() - had);
      byLabels.put(labels, all);
    }

    /** Points before all others, which are counted already. */
    void before(Labels labels, Points earlier) {
      byLabels.merge(labels, earlier, (later, first) -> first.mergedWith(later));
    }

    /** The time of a series' first point, beyond all times when there is none. */
    long first(Labels labels) {
      Points there = byLabels.get(labels);
      return there == null ? Long.MAX_VALUE : there.timestamp(0);
    }

    List<SeriesPoints> series() {
      var found = new ArrayList<SeriesPoints>(byLabels.size());
      byLabels.forEach((labels, points) -> found.add(points.of(labels)));
      return found;
    }
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return series(matcherSets, fromMillis, toMillis, () -> {});
  }

  @Override
  public List<Labels> series(
      List<List<Matcher>> matcherSets, long fromMillis, long toMillis, Runnable patience) {
    long border = completeFrom.getAsLong();
    long fine = samplesFrom.getAsLong();
    var found = new TreeSet<>(recent.series(matcherSets, fromMillis, toMillis, patience));
    for (List<Matcher> matchers : matcherSets.isEmpty() ? ALL : matcherSets) {
      patience.run();
      if (border > fromMillis) {
        found.addAll(older.series(matchers, fromMillis, Math.min(toMillis, border)));
      }
      if (fine > fromMillis) {
        found.addAll(aggregates.series(matchers, fromMillis, Math.min(toMillis, fine)));
      }
    }
    return List.copyOf(found);
  }
}

package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Notes for a query over many steps at which of them any selector met a living series. */
final class StepWitness implements SeriesReader {

  private record Read(List<Matcher> matchers, long from, long to, List<SeriesPoints> series) {}

  private final SeriesReader reader;
  private final long first;
  private final long last;
  private final List<Read> reads = new ArrayList<>();

  /**
   * @param first the first step, milliseconds
   * @param last the last step, milliseconds
   */
  StepWitness(SeriesReader reader, long first, long last) {
    this.reader = reader;
    this.first = first;
    this.last = last;
  }

  /** Whether there was nothing to judge the expression by at a step, see {@link Blindness}. */
  boolean sawNothing(Expr expr, long step) {
    return Blindness.of(
        expr,
        matchers ->
            reads.stream()
                .filter(read -> read.matchers().equals(matchers))
                .map(read -> lives(read, step))
                .reduce(Boolean::logicalOr));
  }

  /** Each step sees what lies as far from it as the whole read from the first and the last. */
  private boolean lives(Read read, long step) {
    long from = read.from() + (step - first);
    long to = read.to() + (step - last);
    return read.series().stream().anyMatch(points -> lives(points, from, to));
  }

  private static boolean lives(SeriesPoints points, long from, long to) {
    int found = Arrays.binarySearch(points.timestamps(), to);
    int newest = found >= 0 ? found : -found - 2;
    return newest >= 0
        && points.timestamps()[newest] > from
        && !StaleMarker.is(points.values()[newest]);
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    List<SeriesPoints> series = reader.select(matchers, fromMillis, toMillis);
    reads.add(new Read(matchers, fromMillis, toMillis, series));
    return series;
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return reader.series(matcherSets, fromMillis, toMillis);
  }
}

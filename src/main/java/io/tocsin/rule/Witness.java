package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr;
import io.tocsin.series.Reading;
import io.tocsin.series.Selected;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes which selectors of a query met a living series. */
final class Witness implements SeriesReader {

  private record Read(List<Matcher> matchers, List<SeriesPoints> series) {
    boolean lives() {
      return series.stream().anyMatch(Witness::lives);
    }
  }

  private final SeriesReader reader;
  private final List<Read> reads = new ArrayList<>();

  Witness(SeriesReader reader) {
    this.reader = reader;
  }

  /** Whether there was nothing to judge the expression by, see {@link Blindness}. */
  boolean sawNothing(Expr expr) {
    return Blindness.of(expr, this::lives);
  }

  private Optional<Boolean> lives(List<Matcher> matchers) {
    return reads.stream()
        .filter(read -> read.matchers().equals(matchers))
        .map(Read::lives)
        .reduce(Boolean::logicalOr);
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    List<SeriesPoints> selected = reader.select(matchers, fromMillis, toMillis);
    reads.add(new Read(matchers, selected));
    return selected;
  }

  @Override
  public Selected select(Reading reading) {
    Selected selected = reader.select(reading);
    reads.add(new Read(reading.matchers(), selected.series()));
    return selected;
  }

  private static boolean lives(SeriesPoints points) {
    return points.size() > 0 && !StaleMarker.is(points.values()[points.size() - 1]);
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return reader.series(matcherSets, fromMillis, toMillis);
  }
}

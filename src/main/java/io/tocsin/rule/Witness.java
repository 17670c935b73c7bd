package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import java.util.List;

/** Notes whether a query met any living series. */
final class Witness implements SeriesReader {
  private final SeriesReader reader;
  private boolean asked;
  private boolean found;

  Witness(SeriesReader reader) {
    this.reader = reader;
  }

  /** Whether something was looked for and every selector was empty. */
  boolean sawNothing() {
    return asked && !found;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    List<SeriesPoints> selected = reader.select(matchers, fromMillis, toMillis);
    asked = true;
    found |= selected.stream().anyMatch(Witness::lives);
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

package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.Reading;
import io.tocsin.series.Selected;
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
    return seen(reader.select(matchers, fromMillis, toMillis));
  }

  @Override
  public Selected select(Reading reading) {
    Selected selected = reader.select(reading);
    seen(selected.series());
    return selected;
  }

  private List<SeriesPoints> seen(List<SeriesPoints> selected) {
    asked = true;
    for (int i = 0; i < selected.size() && !found; i++) {
      found = lives(selected.get(i));
    }
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

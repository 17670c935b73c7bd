package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.util.List;

/** A store in which only one series exists. */
final class OneSeries implements SeriesReader {
  private final SeriesReader reader;
  private final Labels labels;

  OneSeries(SeriesReader reader, Labels labels) {
    this.reader = reader;
    this.labels = labels;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    return Matcher.all(matchers, labels)
        ? reader.points(labels, fromMillis, toMillis).stream().toList()
        : List.of();
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return reader.series(matcherSets, fromMillis, toMillis).stream()
        .filter(labels::equals)
        .toList();
  }
}

package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a query needs of a store. Readers never block writers. */
public interface SeriesReader {

  /**
   * The series that satisfy every matcher and have at least one point in {@code (fromMillis,
   * toMillis]}, each with its points in that left-open interval, sorted by labels.
   */
  List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis);

  /**
   * As above within an allowance. A reader that can load much asks it as it goes; one that does not
   * leaves the counting to the asker.
   */
  default Selected select(Reading reading) {
    return Selected.fine(select(reading.matchers(), reading.fromMillis(), reading.toMillis()));
  }

  /**
   * The points of one series by its exact labels, in {@code (fromMillis, toMillis]}; empty when it
   * has none there.
   */
  default Optional<SeriesPoints> points(Labels labels, long fromMillis, long toMillis) {
    var exact = new ArrayList<Matcher>();
    labels.forEach((name, value) -> exact.add(Matcher.equal(name, value)));
    return select(exact, fromMillis, toMillis).stream()
        .filter(found -> found.labels().equals(labels))
        .findFirst();
  }

  /**
   * The labels of series that satisfy every matcher of at least one set and were alive in {@code
   * [fromMillis, toMillis]}; no set means all series. Sorted.
   */
  List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis);

  /**
   * As above for somebody who may not want to wait for it.
   *
   * @param patience called now and then; what it throws ends the search. A reader to which it
   *     matters little need not call it.
   */
  default List<Labels> series(
      List<List<Matcher>> matcherSets, long fromMillis, long toMillis, Runnable patience) {
    return series(matcherSets, fromMillis, toMillis);
  }

  /** The label names in use by the series that {@link #series} would answer. */
  default SortedSet<String> labelNames(
      List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return names(series(matcherSets, fromMillis, toMillis));
  }

  /** The label names in use by these. */
  static SortedSet<String> names(List<Labels> series) {
    var names = new TreeSet<String>();
    for (Labels labels : series) {
      labels.forEach((name, value) -> names.add(name));
    }
    return names;
  }

  /** The values of one label in use by the series that {@link #series} would answer. */
  default SortedSet<String> labelValues(
      String name, List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return values(name, series(matcherSets, fromMillis, toMillis));
  }

  /** The values of one label in use by these. */
  static SortedSet<String> values(String name, List<Labels> series) {
    var values = new TreeSet<String>();
    for (Labels labels : series) {
      if (labels.has(name)) {
        values.add(labels.get(name));
      }
    }
    return values;
  }
}

package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A store in which some series are not the stored ones but those of another store. */
final class OverlayReader implements SeriesReader {
  private final SeriesReader stored;
  private final SeriesReader instead;
  private final Predicate<Labels> replaced;

  /**
   * @param replaced which series are read from {@code instead} alone
   */
  OverlayReader(SeriesReader stored, SeriesReader instead, Predicate<Labels> replaced) {
    this.stored = stored;
    this.instead = instead;
    this.replaced = replaced;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    List<SeriesPoints> ours = instead.select(matchers, fromMillis, toMillis);
    List<SeriesPoints> theirs = stored.select(matchers, fromMillis, toMillis);
    boolean clash = theirs.stream().anyMatch(points -> replaced.test(points.labels()));
    if (ours.isEmpty() && !clash) {
      return theirs;
    }
    var all = new ArrayList<>(ours);
    theirs.stream().filter(points -> !replaced.test(points.labels())).forEach(all::add);
    all.sort(Comparator.comparing(SeriesPoints::labels));
    return all;
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    var all = new TreeSet<>(instead.series(matcherSets, fromMillis, toMillis));
    stored.series(matcherSets, fromMillis, toMillis).stream()
        .filter(replaced.negate())
        .forEach(all::add);
    return List.copyOf(all);
  }
}

package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.function.Consumer;

/** The far past: one value for every five minutes of a series, kept when its samples are gone. */
public interface AggregateSource {
  /** The length of an interval in milliseconds; intervals begin at its multiples. */
  long INTERVAL = 300_000;

  /** No far past. */
  AggregateSource NONE =
      new AggregateSource() {
        @Override
        public void each(Reading reading, Consumer<SeriesPoints> sink) {}

        @Override
        public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
          return List.of();
        }
      };

  /**
   * The aggregates of matching series whose interval begins in {@code (fromMillis - INTERVAL,
   * toMillis]}, timed by that beginning; one call for each id under which a series was written.
   */
  void each(Reading reading, Consumer<SeriesPoints> sink);

  /** The labels of matching series with an aggregate that begins in a time. */
  List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis);
}

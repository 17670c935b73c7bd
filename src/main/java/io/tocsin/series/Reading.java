package io.tocsin.series;

import io.tocsin.label.Matcher;
import java.util.List;

/**
 * What is asked of a {@link SeriesReader}: the points in {@code (fromMillis, toMillis]} of series
 * that satisfy every matcher.
 *
 * @param wanted what shall stand for five minutes of which only aggregates are left
 * @param allowance how much may be loaded for it
 */
public record Reading(
    List<Matcher> matchers, long fromMillis, long toMillis, Wanted wanted, Allowance allowance) {

  /** Which aggregate of five minutes answers best; its point lies at their end. */
  public enum Wanted {
    AVERAGE,
    MINIMUM,
    MAXIMUM,
    /** The sum of the samples, for functions that add them up. */
    SUM,
    /**
     * The last value of a counter. It is the highest one, also when the counter began anew in these
     * minutes; then a reader sees the fall in the next.
     */
    COUNTER,
    /**
     * Only the newest point at {@code toMillis}, such as an instant selector at one time looks at.
     * A reader may answer more. Averages, where aggregates must do.
     */
    NEWEST
  }

  public Reading {
    matchers = List.copyOf(matchers);
  }

  /** Averages, without a bound. */
  public static Reading of(List<Matcher> matchers, long fromMillis, long toMillis) {
    return new Reading(matchers, fromMillis, toMillis, Wanted.AVERAGE, Allowance.UNBOUNDED);
  }

  /** The same with every point of the interval. */
  Reading whole() {
    return wanted == Wanted.NEWEST
        ? new Reading(matchers, fromMillis, toMillis, Wanted.AVERAGE, allowance)
        : this;
  }

  /** The same without a bound. */
  Reading unbounded() {
    return new Reading(matchers, fromMillis, toMillis, wanted, Allowance.UNBOUNDED);
  }
}

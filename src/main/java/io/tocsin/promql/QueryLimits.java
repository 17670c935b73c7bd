package io.tocsin.promql;

import java.util.function.BooleanSupplier;

/**
 * How far one query may go.
 *
 * @param maxSamples the most samples it may read and compute, together
 * @param maxSeries the most series it may read, those of all its selectors together
 * @param lookbackMillis how old the newest sample of a series may be to count as current
 * @param subqueryStepMillis the step of a subquery that names none
 * @param delayedNames whether metric names that functions drop go at the very end only (Prometheus'
 *     {@code promql-delayed-name-removal})
 * @param stop answers true when the query's time is up or nobody waits for it; asked often
 */
public record QueryLimits(
    long maxSamples,
    long maxSeries,
    long lookbackMillis,
    long subqueryStepMillis,
    boolean delayedNames,
    BooleanSupplier stop) {

  /**
   * Prometheus' defaults: 50 million samples, 5 minutes, 1 minute; a million series; never stopped.
   */
  public static final QueryLimits DEFAULT =
      new QueryLimits(50_000_000, 1_000_000, 300_000, 60_000, false, () -> false);

  /** These limits with another way to stop. */
  public QueryLimits withStop(BooleanSupplier other) {
    return new QueryLimits(
        maxSamples, maxSeries, lookbackMillis, subqueryStepMillis, delayedNames, other);
  }

  /** These limits with another bound on samples. */
  public QueryLimits withMaxSamples(long other) {
    return new QueryLimits(
        other, maxSeries, lookbackMillis, subqueryStepMillis, delayedNames, stop);
  }

  /** These limits with another bound on series. */
  public QueryLimits withMaxSeries(long other) {
    return new QueryLimits(
        maxSamples, other, lookbackMillis, subqueryStepMillis, delayedNames, stop);
  }

  /** These limits with another look-back. */
  public QueryLimits withLookback(long otherMillis) {
    return new QueryLimits(
        maxSamples, maxSeries, otherMillis, subqueryStepMillis, delayedNames, stop);
  }

  /** These limits with another default step of subqueries. */
  public QueryLimits withSubqueryStep(long otherMillis) {
    return new QueryLimits(maxSamples, maxSeries, lookbackMillis, otherMillis, delayedNames, stop);
  }

  /** These limits with names dropped at the very end, or at once. */
  public QueryLimits withDelayedNames(boolean other) {
    return new QueryLimits(maxSamples, maxSeries, lookbackMillis, subqueryStepMillis, other, stop);
  }
}

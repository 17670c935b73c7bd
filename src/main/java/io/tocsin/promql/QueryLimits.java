package io.tocsin.promql;

import java.util.function.BooleanSupplier;

/**
 * How far one query may go.
 *
 * @param maxSamples the most samples it may read and compute, together
 * @param lookbackMillis how old the newest sample of a series may be to count as current
 * @param subqueryStepMillis the step of a subquery that names none
 * @param stop answers true when the query's time is up or nobody waits for it; asked often
 */
public record QueryLimits(
    long maxSamples, long lookbackMillis, long subqueryStepMillis, BooleanSupplier stop) {

  /** Prometheus' defaults: 50 million samples, 5 minutes, 1 minute; never stopped. */
  public static final QueryLimits DEFAULT =
      new QueryLimits(50_000_000, 300_000, 60_000, () -> false);

  /** These limits with another way to stop. */
  public QueryLimits withStop(BooleanSupplier other) {
    return new QueryLimits(maxSamples, lookbackMillis, subqueryStepMillis, other);
  }

  /** These limits with another bound on samples. */
  public QueryLimits withMaxSamples(long other) {
    return new QueryLimits(other, lookbackMillis, subqueryStepMillis, stop);
  }

  /** These limits with another look-back. */
  public QueryLimits withLookback(long otherMillis) {
    return new QueryLimits(maxSamples, otherMillis, subqueryStepMillis, stop);
  }

  /** These limits with another default step of subqueries. */
  public QueryLimits withSubqueryStep(long otherMillis) {
    return new QueryLimits(maxSamples, lookbackMillis, otherMillis, stop);
  }
}

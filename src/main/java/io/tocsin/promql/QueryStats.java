package io.tocsin.promql;

import java.util.Arrays;

/**
 * What answering a query read. Filled in by an {@link Evaluator}, for one query at a time.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#query-statistics">Query
 *     statistics</a>
 */
public final class QueryStats {
  private static final long[] NOT_WANTED = {};

  private final boolean wantsSteps;
  private long[] perStep = NOT_WANTED;
  private long queryable;
  private long read;
  private long peak;

  /**
   * @param wantsSteps whether samples are to be counted for each step too
   */
  public QueryStats(boolean wantsSteps) {
    this.wantsSteps = wantsSteps;
  }

  void begin(int steps) {
    perStep = wantsSteps ? new long[steps] : NOT_WANTED;
  }

  /** Counts for each step of the outermost expression; of no length when they are not wanted. */
  long[] steps() {
    return perStep;
  }

  void addQueryable(long samples) {
    queryable += samples;
  }

  void end(long samplesRead, long samplesHeld) {
    read = samplesRead;
    peak = samplesHeld;
  }

  /** Samples that steps looked at; a sample counts for each step whose window holds it. */
  public long queryable() {
    return queryable;
  }

  /** Samples that came from the store, each once. */
  public long read() {
    return read;
  }

  /** Samples counted against {@link QueryLimits#maxSamples}. */
  public long peak() {
    return peak;
  }

  /** As {@link #queryable} for each step; of no length when they were not asked for. */
  public long[] perStep() {
    return Arrays.copyOf(perStep, perStep.length);
  }
}

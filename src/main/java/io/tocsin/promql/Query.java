package io.tocsin.promql;

import io.tocsin.label.Matcher;
import io.tocsin.series.Allowance;
import io.tocsin.series.Reading;
import io.tocsin.series.Reading.Wanted;
import io.tocsin.series.Selected;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one query shares with its subqueries: the store, its limits, what it has to tell. */
final class Query implements Allowance, AutoCloseable {
  private static final long[] NOWHERE = {};

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final Steps steps;
  private final DurationExpr.Frame frame;
  private final QueryStats stats;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();
  private final SampleRoom room;
  private long samples;
  private long series;
  private long read;
  private long coarseUntil = Selected.FINE;

  Query(SeriesReader reader, QueryLimits limits, SampleRoom room, Steps steps, QueryStats stats) {
    this.room = room;
    this.reader = reader;
    this.limits = limits;
    this.steps = steps;
    this.frame = DurationExpr.Frame.of(steps);
    this.stats = stats;
    stats.begin(steps.count());
  }

  QueryLimits limits() {
    return limits;
  }

  /** The steps of the outermost expression. */
  Steps steps() {
    return steps;
  }

  /** What duration expressions resolve by. */
  DurationExpr.Frame frame() {
    return frame;
  }

  List<SeriesPoints> select(List<Matcher> matchers, long from, long to, Wanted wanted) {
    long before = samples;
    Selected found = reader.select(new Reading(matchers, from, to, wanted, this));
    long size = 0;
    for (SeriesPoints points : found.series()) {
      size += points.size();
    }
    read += size;
    charge(before + size - samples); // what the reader has not counted itself
    coarseUntil = Math.max(coarseUntil, found.coarseUntil());
    return found.series();
  }

  @Override
  public void series(int more) {
    series += more;
    if (series > limits.maxSeries()) {
      throw new QueryProblem(
          QueryProblem.Kind.TOO_MANY_SAMPLES,
          "query processing would load too many series into memory in query execution: more than "
              + limits.maxSeries());
    }
  }

  @Override
  public void samples(long more) {
    charge(more);
  }

  /** Counts samples against the limit and asks whether to go on. */
  void charge(long more) {
    samples += more;
    room.take(more);
    if (samples > limits.maxSamples()) {
      throw new QueryProblem(
          QueryProblem.Kind.TOO_MANY_SAMPLES,
          "query processing would load too many samples into memory in query execution: more than "
              + limits.maxSamples());
    }
    if (limits.stop().getAsBoolean()) {
      throw new QueryProblem(
          QueryProblem.Kind.CANCELLED, "query timed out in expression evaluation");
    }
  }

  /** Where to count samples looked at per step; of no length when that is not wanted. */
  long[] perStep(Steps of) {
    return of.equals(steps) ? stats.steps() : NOWHERE;
  }

  /** Counts samples that steps looked at. */
  void looked(long at) {
    stats.addQueryable(at);
  }

  /** What the query took. */
  void end() {
    stats.end(read, samples);
  }

  /** Whatever became of it: its samples are held no longer. */
  @Override
  public void close() {
    room.leave(samples);
  }

  void warn(String text, Span where) {
    warnings.add("PromQL warning: " + text + " (" + where + ")");
  }

  void inform(String text, Span where) {
    infos.add("PromQL info: " + text + " (" + where + ")");
  }

  Notes notes() {
    var all = new ArrayList<>(warnings);
    if (coarseUntil != Selected.FINE) {
      all.add(
          "PromQL warning: answered from 5-minute aggregates before "
              + Instant.ofEpochMilli(coarseUntil)
              + ", samples are no longer kept; there ranges under 10m find too few points and"
              + " count_over_time counts intervals");
    }
    return new Notes(all, List.copyOf(infos));
  }
}

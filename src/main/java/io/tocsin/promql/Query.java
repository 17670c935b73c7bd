package io.tocsin.promql;

import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one query shares with its subqueries: the store, its limits, what it has to tell. */
final class Query {
  private static final long[] NOWHERE = {};

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final Steps steps;
  private final DurationExpr.Frame frame;
  private final QueryStats stats;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();
  private long samples;
  private long read;

  Query(SeriesReader reader, QueryLimits limits, Steps steps, QueryStats stats) {
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

  List<SeriesPoints> select(List<Matcher> matchers, long from, long to) {
    List<SeriesPoints> found = reader.select(matchers, from, to);
    for (SeriesPoints points : found) {
      charge(points.size());
      read += points.size();
    }
    return found;
  }

  /** Counts samples against the limit and asks whether to go on. */
  void charge(long more) {
    samples += more;
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

  void warn(String text, Span where) {
    warnings.add("PromQL warning: " + text + " (" + where + ")");
  }

  void inform(String text, Span where) {
    infos.add("PromQL info: " + text + " (" + where + ")");
  }

  Notes notes() {
    return new Notes(List.copyOf(warnings), List.copyOf(infos));
  }
}

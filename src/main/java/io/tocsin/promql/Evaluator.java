package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Value.Matrix;
import io.tocsin.promql.Value.Sample;
import io.tocsin.promql.Value.Scalar;
import io.tocsin.promql.Value.Text;
import io.tocsin.promql.Value.Vector;
import io.tocsin.series.Reading.Wanted;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers expressions from a store. A range query selects each selector once and steps over arrays;
 * an instant query is a range of one step. Safe for many threads.
 */
public final class Evaluator {
  private static final Comparator<Labels> BY_NAME =
      Comparator.comparing(Labels::metricName).thenComparing(Comparator.naturalOrder());

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final SampleRoom room;
  private final Optional<QueryStats> stats;

  public Evaluator(SeriesReader reader, QueryLimits limits) {
    this(reader, limits, SampleRoom.UNBOUNDED, Optional.empty());
  }

  /**
   * @param room what all queries under way may hold together
   */
  public Evaluator(SeriesReader reader, QueryLimits limits, SampleRoom room) {
    this(reader, limits, room, Optional.empty());
  }

  private Evaluator(
      SeriesReader reader, QueryLimits limits, SampleRoom room, Optional<QueryStats> stats) {
    this.reader = reader;
    this.limits = limits;
    this.room = room;
    this.stats = stats;
  }

  /** This evaluator, telling what a query read; for one query at a time. */
  public Evaluator observedBy(QueryStats observer) {
    return new Evaluator(reader, limits, room, Optional.of(observer));
  }

  private Query query(Steps steps) {
    return new Query(reader, limits, room, steps, stats.orElseGet(() -> new QueryStats(false)));
  }

  /**
   * The expression's value at one time.
   *
   * @param time milliseconds since the epoch
   * @throws QueryProblem when it cannot be answered
   */
  public Value instant(Expr expr, long time) {
    Steps steps = Steps.instant(time);
    try (Query query = query(steps)) {
      Value value = instant(new Evaluation(query, steps), expr, time);
      query.end();
      return value;
    }
  }

  private static Value instant(Evaluation evaluation, Expr expr, long time) {
    Query query = evaluation.query();
    return switch (expr.type()) {
      case SCALAR -> new Scalar(time, evaluation.scalars(expr)[0], query.notes());
      case STRING -> new Text(time, evaluation.text(expr), query.notes());
      case INSTANT_VECTOR -> {
        List<Sample> samples = samples(results(evaluation, expr), time);
        yield new Vector(samples, query.notes());
      }
      case RANGE_VECTOR -> {
        List<SeriesPoints> insides = insides(evaluation.windowed(expr), time);
        yield new Matrix(insides, query.notes());
      }
    };
  }

  /** The columns as they are answered: names that were leaving are gone. */
  private static List<Column> results(Evaluation evaluation, Expr expr) {
    List<Column> columns = evaluation.columns(expr);
    if (columns.stream().noneMatch(Column::isNameLeaving)) {
      return columns;
    }
    List<Column> named = columns.stream().map(column -> column.named(column.result())).toList();
    return Evaluation.distinct(named).list();
  }

  /**
   * The expression's values at {@code start}, {@code start + step}, ... up to {@code end}.
   *
   * @param start milliseconds since the epoch
   * @param end milliseconds since the epoch, not before start
   * @param step milliseconds, positive
   * @throws QueryProblem when it cannot be answered, or is neither scalar nor instant vector
   */
  public Matrix range(Expr expr, long start, long end, long step) {
    if (expr.type() == ValueType.RANGE_VECTOR || expr.type() == ValueType.STRING) {
      throw new QueryProblem(
          QueryProblem.Kind.EXECUTION,
          "invalid expression type \"%s\" for range query, must be scalar or instant vector"
              .formatted(expr.type()));
    }
    if (step <= 0 || end < start) {
      throw new IllegalArgumentException(
          "expected start <= end and step > 0, found " + start + ", " + end + ", " + step);
    }
    Steps steps = Steps.range(start, end, step);
    try (Query query = query(steps)) {
      var evaluation = new Evaluation(query, steps);
      List<Column> columns =
          expr.type() == ValueType.SCALAR
              ? List.of(Column.of(Labels.EMPTY, evaluation.scalars(expr)))
              : results(evaluation, expr);
      query.end();
      return new Matrix(points(columns, steps), query.notes());
    }
  }

  /**
   * The newest sample of each series that satisfies every matcher of at least one set, if it is not
   * older than the look-back (which is included here) and no stale marker; sorted by metric name,
   * then by labels.
   *
   * @param time milliseconds since the epoch
   * @throws QueryProblem when it is too much or takes too long
   */
  public List<Sample> newest(List<List<Matcher>> matcherSets, long time) {
    Steps steps = Steps.instant(time);
    try (Query query = query(steps)) {
      var newest = new TreeMap<Labels, Sample>(BY_NAME);
      for (List<Matcher> matchers : matcherSets) {
        long from = time - limits.lookbackMillis() - 1;
        for (SeriesPoints points : query.select(matchers, from, time, Wanted.NEWEST)) {
          int last = points.size() - 1;
          Labels labels = points.labels();
          newest.put(labels, new Sample(labels, points.timestamps()[last], points.values()[last]));
        }
      }
      query.end();
      newest.values().removeIf(sample -> StaleMarker.is(sample.value()));
      return List.copyOf(newest.values());
    }
  }

  private static List<Sample> samples(List<Column> columns, long time) {
    var samples = new ArrayList<Sample>(columns.size());
    for (Column column : columns) {
      if (column.has(0)) {
        samples.add(new Sample(column.labels(), time, column.values()[0]));
      }
    }
    return samples;
  }

  /** Columns to series, empty ones left out, sorted by labels. */
  private static List<SeriesPoints> points(List<Column> columns, Steps steps) {
    var series = new ArrayList<SeriesPoints>(columns.size());
    for (Column column : columns) {
      points(column.labels(), column, steps).ifPresent(series::add);
    }
    series.sort(Comparator.comparing(SeriesPoints::labels));
    return series;
  }

  /** A column's values as a series under these labels; empty when it has none. */
  static Optional<SeriesPoints> points(Labels labels, Column column, Steps steps) {
    var times = new long[steps.count()];
    var values = new double[steps.count()];
    int size = 0;
    for (int i = 0; i < steps.count(); i++) {
      if (column.has(i)) {
        times[size] = steps.at(i);
        values[size++] = column.values()[i];
      }
    }
    return size == 0
        ? Optional.empty()
        : Optional.of(
            new SeriesPoints(labels, Arrays.copyOf(times, size), Arrays.copyOf(values, size)));
  }

  private static List<SeriesPoints> insides(Result.Windows windows, long time) {
    var series = new ArrayList<SeriesPoints>();
    long end = windows.at()[0];
    for (SeriesPoints points : windows.series()) {
      var window = new Window(points);
      if (window.moveTo(end - windows.rangeMillis(), end, time)) {
        series.add(
            new SeriesPoints(
                points.labels(),
                Arrays.copyOfRange(window.times, window.from, window.to),
                Arrays.copyOfRange(window.values, window.from, window.to)));
      }
    }
    return series;
  }
}

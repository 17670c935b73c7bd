package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Value.Matrix;
import io.tocsin.promql.Value.Sample;
import io.tocsin.promql.Value.Scalar;
import io.tocsin.promql.Value.Text;
import io.tocsin.promql.Value.Vector;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Answers expressions from a store. A range query selects each selector once and steps over arrays;
 * an instant query is a range of one step. Safe for many threads.
 */
public final class Evaluator {
  private final SeriesReader reader;
  private final QueryLimits limits;

  public Evaluator(SeriesReader reader, QueryLimits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  /**
   * The expression's value at one time.
   *
   * @param time milliseconds since the epoch
   * @throws QueryProblem when it cannot be answered
   */
  public Value instant(Expr expr, long time) {
    Steps steps = Steps.instant(time);
    var query = new Query(reader, limits, steps);
    Result result = new Evaluation(query, steps).eval(expr);
    Notes notes = query.notes();
    return switch (result) {
      case Result.Numbers numbers -> new Scalar(time, numbers.values()[0], notes);
      case Result.Words words -> new Text(time, words.value(), notes);
      case Result.Columns columns -> new Vector(samples(columns.list(), time), notes);
      case Result.Windows windows -> new Matrix(insides(windows, time), notes);
    };
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
    var query = new Query(reader, limits, steps);
    List<SeriesPoints> series =
        switch (new Evaluation(query, steps).eval(expr)) {
          case Result.Columns columns -> points(columns.list(), steps);
          case Result.Numbers numbers ->
              points(List.of(new Column(Labels.EMPTY, numbers.values())), steps);
          case Result.Words words -> List.of();
          case Result.Windows windows -> List.of();
        };
    return new Matrix(series, query.notes());
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
  static List<SeriesPoints> points(List<Column> columns, Steps steps) {
    var series = new ArrayList<SeriesPoints>(columns.size());
    for (Column column : columns) {
      var times = new long[steps.count()];
      var values = new double[steps.count()];
      int size = 0;
      for (int i = 0; i < steps.count(); i++) {
        if (column.has(i)) {
          times[size] = steps.at(i);
          values[size++] = column.values()[i];
        }
      }
      if (size > 0) {
        series.add(
            new SeriesPoints(
                column.labels(), Arrays.copyOf(times, size), Arrays.copyOf(values, size)));
      }
    }
    series.sort(Comparator.comparing(SeriesPoints::labels));
    return series;
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

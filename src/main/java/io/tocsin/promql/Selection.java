package io.tocsin.promql;

import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Result.Columns;
import io.tocsin.promql.Result.Windows;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.List;

/** Reads selectors and subqueries, each once for all steps. */
record Selection(Query query, Steps steps) {

  /**
   * The newest sample of each series at each step, no older than the look-back.
   *
   * @param times whether to answer the samples' timestamps, in seconds, instead of their values
   */
  Columns current(Expr.VectorSelector selector, boolean times) {
    long[] at = at(selector.shift());
    long lookback = query.limits().lookbackMillis();
    var columns = new ArrayList<Column>();
    for (SeriesPoints points :
        query.select(selector.matchers(), at[0] - lookback, at[at.length - 1])) {
      var window = new Window(points);
      double[] values = Result.nothing(steps.count());
      for (int i = 0; i < at.length; i++) {
        if (window.moveTo(at[i] - lookback, at[i], steps.at(i))) {
          boolean plain = !times || StaleMarker.is(window.last());
          values[i] = plain ? window.last() : window.times[window.to - 1] / 1000.0;
        }
      }
      query.charge(steps.count());
      columns.add(new Column(points.labels(), values));
    }
    return new Columns(columns);
  }

  Windows windows(Expr.MatrixSelector matrix) {
    long[] at = at(matrix.vector().shift());
    long range = matrix.rangeMillis();
    List<SeriesPoints> points =
        query.select(matrix.vector().matchers(), at[0] - range, at[at.length - 1]);
    return new Windows(points.stream().map(Selection::withoutStale).toList(), at, range);
  }

  /** The inner steps are multiples of the subquery's step, whatever the outer ones are. */
  Windows windows(Expr.Subquery subquery) {
    long[] at = at(subquery.shift());
    long range = subquery.rangeMillis();
    long step =
        subquery.stepMillis() > 0 ? subquery.stepMillis() : query.limits().subqueryStepMillis();
    long first = (Math.floorDiv(at[0] - range, step) + 1) * step;
    long last = at[at.length - 1];
    if (first > last) {
      return new Windows(List.of(), at, range);
    }
    query.charge((last - first) / step);
    Steps inner = Steps.range(first, last, step);
    List<Column> columns = new Evaluation(query, inner).columns(subquery.expr());
    return new Windows(Evaluator.points(columns, inner), at, range);
  }

  /** Where each step looks; never goes back. */
  private long[] at(Shift shift) {
    var at = new long[steps.count()];
    for (int i = 0; i < at.length; i++) {
      at[i] = (shift.at().isEmpty() ? steps.at(i) : fixed(shift.at().get())) - shift.offsetMillis();
    }
    return at;
  }

  private long fixed(Shift.At at) {
    return switch (at) {
      case Shift.At.Time time -> time.millis();
      case Shift.At.Edge.START -> query.steps().start();
      case Shift.At.Edge.END -> query.steps().end();
    };
  }

  private static SeriesPoints withoutStale(SeriesPoints points) {
    double[] values = points.values();
    int kept = 0;
    for (double value : values) {
      kept += StaleMarker.is(value) ? 0 : 1;
    }
    if (kept == values.length) {
      return points;
    }
    var times = new long[kept];
    var rest = new double[kept];
    int to = 0;
    for (int i = 0; i < values.length; i++) {
      if (!StaleMarker.is(values[i])) {
        times[to] = points.timestamps()[i];
        rest[to++] = values[i];
      }
    }
    return new SeriesPoints(points.labels(), times, rest);
  }
}

package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Result.Windows;
import io.tocsin.series.Reading.Wanted;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads selectors and subqueries, each once for all steps. */
record Selection(Query query, Steps steps) {

  /**
   * The newest sample of each series at each step, no older than the look-back.
   *
   * @param times whether to answer the samples' timestamps, in seconds, instead of their values
   */
  Source current(Expr.VectorSelector selector, boolean times) {
    return current(selector.matchers(), at(selector.shift()), times);
  }

  /** As above, at times of the caller's. */
  Source current(List<Matcher> matchers, long[] at, boolean times) {
    long lookback = query.limits().lookbackMillis();
    Wanted wanted = at.length == 1 ? Wanted.NEWEST : Wanted.AVERAGE;
    List<SeriesPoints> series = query.select(matchers, at[0] - lookback, at[at.length - 1], wanted);
    boolean apart = isApart(matchers, series);
    return new Source() {
      @Override
      public boolean apart() {
        return apart;
      }

      @Override
      public void each(Consumer<Column> sink) {
        for (SeriesPoints points : series) {
          query.charge(steps.count());
          double[] values = newest(points, at, lookback, times);
          count(values);
          sink.accept(Column.of(points.labels(), values));
        }
      }
    };
  }

  private void count(double[] values) {
    long[] perStep = query.perStep(steps);
    long looked = 0;
    for (int i = 0; i < values.length; i++) {
      int one = StaleMarker.is(values[i]) ? 0 : 1;
      looked += one;
      if (perStep.length > 0) {
        perStep[i] += one;
      }
    }
    query.looked(looked);
  }

  private static double[] newest(SeriesPoints points, long[] at, long lookback, boolean times) {
    var window = new Window(points);
    double[] values = Result.nothing(at.length);
    for (int i = 0; i < at.length; i++) {
      if (window.moveTo(at[i] - lookback, at[i], at[i])) {
        boolean plain = !times || StaleMarker.is(window.last());
        values[i] = plain ? window.last() : window.times[window.to - 1] / 1000.0;
      }
    }
    return values;
  }

  /** One name for all, and nothing that would go with it. */
  private static boolean isApart(List<Matcher> matchers, List<SeriesPoints> series) {
    boolean named = false;
    for (Matcher matcher : matchers) {
      named |= matcher.op() == Matcher.Op.EQUAL && matcher.name().equals(Labels.NAME);
    }
    if (!named) {
      return false;
    }
    for (SeriesPoints points : series) {
      if (Column.isReserved(points.labels())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The samples in each step's window.
   *
   * @param wanted which aggregates where samples are gone
   */
  Windows windows(Expr.MatrixSelector matrix, Wanted wanted) {
    long[] at = at(matrix.vector().shift());
    long range = positive(matrix.range());
    List<Matcher> matchers = matrix.vector().matchers();
    List<SeriesPoints> points = query.select(matchers, at[0] - range, at[at.length - 1], wanted);
    boolean apart = isApart(matchers, points);
    return new Windows(withoutStale(points), at, range, apart);
  }

  private long positive(DurationExpr length) {
    long millis = length.millis(query.frame());
    if (millis <= 0) {
      throw Evaluation.failed("duration must be greater than 0");
    }
    return millis;
  }

  /** The inner steps are multiples of the subquery's step, whatever the outer ones are. */
  Windows windows(Expr.Subquery subquery) {
    long[] at = at(subquery.shift());
    long range = positive(subquery.range());
    Optional<DurationExpr> own = subquery.step();
    long step = own.isPresent() ? positive(own.get()) : query.limits().subqueryStepMillis();
    long first = (Math.floorDiv(at[0] - range, step) + 1) * step;
    long last = at[at.length - 1];
    if (first > last) {
      return new Windows(List.of(), at, range, true);
    }
    query.charge((last - first) / step);
    Steps inner = Steps.range(first, last, step);
    Source source = new Evaluation(query, inner).source(subquery.expr());
    List<Column> columns = source.list();
    var series = new ArrayList<SeriesPoints>(columns.size());
    var leaving = new boolean[columns.size()];
    for (Column column : columns) {
      Optional<SeriesPoints> points = Evaluator.points(column.labels(), column, inner);
      if (points.isPresent()) {
        leaving[series.size()] = column.isNameLeaving();
        series.add(points.get());
      }
    }
    return new Windows(series, at, range, source.apart(), leaving);
  }

  /** Where each step looks; never goes back. */
  long[] at(Shift shift) {
    long offset = shift.offset().millis(query.frame());
    var at = new long[steps.count()];
    for (int i = 0; i < at.length; i++) {
      at[i] = (shift.at().isEmpty() ? steps.at(i) : fixed(shift.at().get())) - offset;
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

  private static List<SeriesPoints> withoutStale(List<SeriesPoints> series) {
    var clean = new ArrayList<SeriesPoints>(series.size());
    for (SeriesPoints points : series) {
      clean.add(withoutStale(points));
    }
    return clean;
  }

  private static SeriesPoints withoutStale(SeriesPoints points) {
    double[] values = points.values();
    int stale = 0;
    for (double value : values) {
      stale += StaleMarker.is(value) ? 1 : 0;
    }
    if (stale == 0) {
      return points;
    }
    var times = new long[values.length - stale];
    var rest = new double[values.length - stale];
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

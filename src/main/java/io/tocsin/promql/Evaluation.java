package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Result.Columns;
import io.tocsin.promql.Result.Windows;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One query under way: walks the expression, each node over all steps at once. Used by one thread.
 */
final class Evaluation {

  /** What the whole query shares with its subqueries. */
  private static final class Query {
    final SeriesReader reader;
    final QueryLimits limits;
    final long start;
    final long end;
    final Set<String> warnings = new LinkedHashSet<>();
    final Set<String> infos = new LinkedHashSet<>();
    long samples;

    Query(SeriesReader reader, QueryLimits limits, Steps steps) {
      this.reader = reader;
      this.limits = limits;
      this.start = steps.start();
      this.end = steps.end();
    }
  }

  private final Query query;
  private final Steps steps;

  Evaluation(SeriesReader reader, QueryLimits limits, Steps steps) {
    this(new Query(reader, limits, steps), steps);
  }

  private Evaluation(Query query, Steps steps) {
    this.query = query;
    this.steps = steps;
  }

  Steps steps() {
    return steps;
  }

  Notes notes() {
    return new Notes(List.copyOf(query.warnings), List.copyOf(query.infos));
  }

  void warn(String text, Span where) {
    query.warnings.add("PromQL warning: " + text + " (" + where + ")");
  }

  void inform(String text, Span where) {
    query.infos.add("PromQL info: " + text + " (" + where + ")");
  }

  Result eval(Expr expr) {
    charge(0);
    return switch (expr) {
      case Expr.NumberLiteral number -> numbers(number.value());
      case Expr.StringLiteral string -> new Result.Words(string.value());
      case Expr.Paren paren -> eval(paren.expr());
      case Expr.VectorSelector selector -> current(selector, false);
      case Expr.MatrixSelector matrix -> windows(matrix);
      case Expr.Subquery subquery -> windows(subquery);
      case Expr.Unary unary -> unary(unary);
      case Expr.Binary binary -> new BinaryEvaluation(this, binary).result();
      case Expr.Aggregation aggregation -> new AggregationEvaluation(this, aggregation).result();
      case Call call -> call(call);
    };
  }

  /** The series of an expression of type instant vector. */
  List<Column> columns(Expr expr) {
    return ((Columns) eval(expr)).list();
  }

  /** The values of an expression of type scalar. */
  double[] scalars(Expr expr) {
    return ((Result.Numbers) eval(expr)).values();
  }

  /** The value of an expression of type string. */
  String text(Expr expr) {
    return ((Result.Words) eval(expr)).value();
  }

  /** The points of an expression of type range vector. */
  Windows windowed(Expr expr) {
    return (Windows) eval(expr);
  }

  /** The same number at every step. */
  Result numbers(double value) {
    var values = new double[steps.count()];
    Arrays.fill(values, value);
    return new Result.Numbers(values);
  }

  /**
   * The newest sample of each series at each step, no older than the look-back.
   *
   * @param times whether to answer the samples' timestamps, in seconds, instead of their values
   */
  Columns current(Expr.VectorSelector selector, boolean times) {
    long[] at = at(selector.shift());
    long lookback = query.limits.lookbackMillis();
    var columns = new ArrayList<Column>();
    for (SeriesPoints points : select(selector, at[0] - lookback, at[at.length - 1])) {
      var window = new Window(points);
      double[] values = Result.nothing(steps.count());
      for (int i = 0; i < at.length; i++) {
        if (window.moveTo(at[i] - lookback, at[i], steps.at(i))) {
          boolean stale = StaleMarker.is(window.last());
          double answer = times ? window.times[window.to - 1] / 1000.0 : window.last();
          values[i] = stale ? window.last() : answer;
        }
      }
      columns.add(new Column(points.labels(), values));
    }
    charge((long) columns.size() * steps.count());
    return new Columns(columns);
  }

  private List<SeriesPoints> select(Expr.VectorSelector selector, long from, long to) {
    List<SeriesPoints> found = query.reader.select(selector.matchers(), from, to);
    for (SeriesPoints points : found) {
      charge(points.size());
    }
    return found;
  }

  private Windows windows(Expr.MatrixSelector matrix) {
    long[] at = at(matrix.vector().shift());
    long range = matrix.rangeMillis();
    List<SeriesPoints> points = select(matrix.vector(), at[0] - range, at[at.length - 1]);
    return new Windows(points.stream().map(Evaluation::withoutStale).toList(), at, range);
  }

  private Windows windows(Expr.Subquery subquery) {
    long[] at = at(subquery.shift());
    long range = subquery.rangeMillis();
    long step =
        subquery.stepMillis() > 0 ? subquery.stepMillis() : query.limits.subqueryStepMillis();
    long left = at[0] - range;
    long first = Math.floorDiv(left, step) * step + step;
    long last = at[at.length - 1];
    if (first > last) {
      return new Windows(List.of(), at, range);
    }
    charge((last - first) / step);
    Steps inner = Steps.range(first, last, step);
    List<Column> columns = new Evaluation(query, inner).columns(subquery.expr());
    return new Windows(Evaluator.points(columns, inner), at, range);
  }

  /** Where each step looks; never goes back. */
  private long[] at(Shift shift) {
    var at = new long[steps.count()];
    for (int i = 0; i < at.length; i++) {
      long base =
          shift.at().isEmpty()
              ? steps.at(i)
              : switch (shift.at().get()) {
                case Shift.At.Time time -> time.millis();
                case Shift.At.Edge edge -> edge == Shift.At.Edge.START ? query.start : query.end;
              };
      at[i] = base - shift.offsetMillis();
    }
    return at;
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

  private Result unary(Expr.Unary unary) {
    Result operand = eval(unary.expr());
    if (!unary.negative()) {
      return operand;
    }
    if (operand instanceof Result.Numbers numbers) {
      return new Result.Numbers(Arrays.stream(numbers.values()).map(v -> -v).toArray());
    }
    return eachSample(((Columns) operand).list(), (value, scalars) -> -value, List.of());
  }

  private Result call(Call call) {
    return switch (call.function().body()) {
      case Function.Body.PerSample body -> perSample(call, body);
      case Function.Body.PerWindow body -> perWindow(call, body);
      case Function.Body.Whole body -> body.math().apply(this, call);
    };
  }

  private Columns perSample(Call call, Function.Body.PerSample body) {
    List<Column> columns =
        call.arguments().stream()
            .filter(a -> a.type() == ValueType.INSTANT_VECTOR)
            .findFirst()
            .map(this::columns)
            .orElseGet(() -> List.of(new Column(Labels.EMPTY, VectorFunctions.seconds(this))));
    return eachSample(columns, body.math(), scalarArguments(call));
  }

  private Columns eachSample(
      List<Column> columns, Function.SampleMath math, List<double[]> arguments) {
    var scalars = new double[arguments.size()];
    var results = new ArrayList<Column>(columns.size());
    for (Column column : columns) {
      double[] values = Result.nothing(steps.count());
      for (int i = 0; i < values.length; i++) {
        if (column.has(i)) {
          values[i] = math.apply(column.values()[i], at(arguments, i, scalars));
        }
      }
      results.add(new Column(column.labels().without(Labels.NAME), values));
    }
    return distinct(results);
  }

  private Columns perWindow(Call call, Function.Body.PerWindow body) {
    Windows windows =
        windowed(
            call.arguments().stream()
                .filter(a -> a.type() == ValueType.RANGE_VECTOR)
                .findFirst()
                .orElseThrow());
    List<double[]> arguments = scalarArguments(call);
    var scalars = new double[arguments.size()];
    var results = new ArrayList<Column>(windows.series().size());
    for (SeriesPoints points : windows.series()) {
      charge(steps.count());
      var window = new Window(points);
      double[] values = Result.nothing(steps.count());
      for (int i = 0; i < values.length; i++) {
        long right = windows.at()[i];
        if (window.moveTo(right - windows.rangeMillis(), right, steps.at(i))) {
          values[i] = body.math().apply(window, at(arguments, i, scalars));
        }
      }
      boolean keeps = body.trait() == Function.Trait.KEEPS_NAME;
      Labels labels = points.labels();
      results.add(new Column(keeps ? labels : labels.without(Labels.NAME), values));
    }
    WindowNotes.add(this, call, body.trait(), windows, arguments);
    return distinct(results);
  }

  private List<double[]> scalarArguments(Call call) {
    return call.arguments().stream()
        .filter(a -> a.type() == ValueType.SCALAR)
        .map(this::scalars)
        .toList();
  }

  private static double[] at(List<double[]> arguments, int step, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = arguments.get(i)[step];
    }
    return into;
  }

  /**
   * Joins columns with the same labels, as happens when the metric name goes.
   *
   * @throws QueryProblem when two of them have a value at the same step
   */
  Columns distinct(List<Column> columns) {
    Map<Labels, Integer> places = HashMap.newHashMap(columns.size());
    var results = new ArrayList<Column>(columns.size());
    for (Column column : columns) {
      Integer place = places.putIfAbsent(column.labels(), results.size());
      if (place == null) {
        results.add(column);
      } else {
        results.set(place, joined(results.get(place), column));
      }
    }
    return new Columns(results);
  }

  private static Column joined(Column first, Column second) {
    double[] values = first.values().clone();
    for (int i = 0; i < values.length; i++) {
      if (first.has(i) && second.has(i)) {
        throw failed("vector cannot contain metrics with the same labelset");
      }
      values[i] = second.has(i) ? second.values()[i] : values[i];
    }
    return new Column(first.labels(), values);
  }

  static QueryProblem failed(String message) {
    return new QueryProblem(QueryProblem.Kind.EXECUTION, message);
  }

  /** Counts samples against the limit and asks whether to go on. */
  void charge(long samples) {
    query.samples += samples;
    if (query.samples > query.limits.maxSamples()) {
      throw new QueryProblem(
          QueryProblem.Kind.TOO_MANY_SAMPLES,
          "query processing would load too many samples into memory in query execution: more than "
              + query.limits.maxSamples());
    }
    if (query.limits.stop().getAsBoolean()) {
      throw new QueryProblem(
          QueryProblem.Kind.CANCELLED, "query timed out in expression evaluation");
    }
  }
}

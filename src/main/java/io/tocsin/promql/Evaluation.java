package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Result.Columns;
import io.tocsin.promql.Result.Windows;
import io.tocsin.series.SeriesPoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One query under way: walks the expression, each node over all steps at once. Used by one thread.
 */
final class Evaluation {

  private final Query query;
  private final Steps steps;
  private final Selection selection;

  Evaluation(Query query, Steps steps) {
    this.query = query;
    this.steps = steps;
    this.selection = new Selection(query, steps);
  }

  Query query() {
    return query;
  }

  Steps steps() {
    return steps;
  }

  Selection selection() {
    return selection;
  }

  Result eval(Expr expr) {
    query.charge(0);
    return switch (expr) {
      case Expr.NumberLiteral number -> numbers(number.value());
      case Expr.StringLiteral string -> new Result.Words(string.value());
      case Expr.Paren paren -> eval(paren.expr());
      case Expr.VectorSelector selector -> selection.current(selector, false);
      case Expr.MatrixSelector matrix -> selection.windows(matrix);
      case Expr.Subquery subquery -> selection.windows(subquery);
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
    Optional<Expr> vector = argument(call, ValueType.INSTANT_VECTOR);
    List<Column> columns =
        vector.isPresent()
            ? columns(vector.get())
            : List.of(new Column(Labels.EMPTY, VectorFunctions.seconds(this)));
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
    Windows windows = windowed(argument(call, ValueType.RANGE_VECTOR).orElseThrow());
    List<double[]> arguments = scalarArguments(call);
    var scalars = new double[arguments.size()];
    var results = new ArrayList<Column>(windows.series().size());
    for (SeriesPoints points : windows.series()) {
      query.charge(steps.count());
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
    WindowNotes.add(query, call, body.trait(), windows, arguments);
    return distinct(results);
  }

  private static Optional<Expr> argument(Call call, ValueType type) {
    return call.arguments().stream().filter(a -> a.type() == type).findFirst();
  }

  private List<double[]> scalarArguments(Call call) {
    var scalars = new ArrayList<double[]>();
    for (Expr argument : call.arguments()) {
      if (argument.type() == ValueType.SCALAR) {
        scalars.add(scalars(argument));
      }
    }
    return scalars;
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
}

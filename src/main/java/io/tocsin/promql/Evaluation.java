package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Columns;
import io.tocsin.promql.Result.Windows;
import io.tocsin.series.Reading.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    return switch (expr.type()) {
      case SCALAR -> new Result.Numbers(scalars(expr));
      case STRING -> new Result.Words(text(expr));
      case RANGE_VECTOR -> windowed(expr);
      case INSTANT_VECTOR -> {
        Source source = source(expr);
        yield new Columns(source.list(), source.apart());
      }
    };
  }

  /** The series of an expression of type instant vector. */
  List<Column> columns(Expr expr) {
    return source(expr).list();
  }

  /** The series of an expression of type instant vector, one by one. */
  Source source(Expr expr) {
    query.charge(0);
    return switch (expr.bare()) {
      case Expr.VectorSelector selector -> selection.current(selector, false);
      case Expr.Unary unary ->
          unary.negative()
              ? eachSample(source(unary.expr()), (value, scalars) -> -value, List.of())
              : source(unary.expr());
      case Expr.Binary binary -> new BinaryEvaluation(this, binary).source();
      case Expr.Aggregation aggregation -> new AggregationEvaluation(this, aggregation).result();
      case Call call ->
          switch (call.function().body()) {
            case Function.Body.PerSample body -> perSample(call, body);
            case Function.Body.PerWindow body -> perWindow(call, body);
            case Function.Body.Whole body -> (Columns) body.math().apply(this, call);
          };
      default -> throw new IllegalStateException("no instant vector: " + expr);
    };
  }

  /** The values of an expression of type scalar. */
  double[] scalars(Expr expr) {
    query.charge(0);
    return switch (expr.bare()) {
      case Expr.NumberLiteral number -> numbers(number.value()).values();
      case Expr.Unary unary -> {
        double[] operand = scalars(unary.expr());
        yield unary.negative() ? Arrays.stream(operand).map(v -> -v).toArray() : operand;
      }
      case Expr.Binary binary -> new BinaryEvaluation(this, binary).scalars();
      case Call call when call.function().body() instanceof Function.Body.Whole body ->
          ((Result.Numbers) body.math().apply(this, call)).values();
      default -> throw new IllegalStateException("no scalar: " + expr);
    };
  }

  /** The value of an expression of type string. */
  String text(Expr expr) {
    if (expr.bare() instanceof Expr.StringLiteral string) {
      return string.value();
    }
    throw new IllegalStateException("no string: " + expr);
  }

  /** The points of an expression of type range vector. */
  Windows windowed(Expr expr) {
    return windowed(expr, Wanted.AVERAGE);
  }

  /** As above, where aggregates must do, with these. */
  private Windows windowed(Expr expr, Wanted wanted) {
    query.charge(0);
    return switch (expr.bare()) {
      case Expr.MatrixSelector matrix -> selection.windows(matrix, wanted);
      case Expr.Subquery subquery -> selection.windows(subquery);
      default -> throw new IllegalStateException("no range vector: " + expr);
    };
  }

  /** The same number at every step. */
  Result.Numbers numbers(double value) {
    var values = new double[steps.count()];
    Arrays.fill(values, value);
    return new Result.Numbers(values);
  }

  /** What of five minutes a function is about. */
  private static Wanted wanted(Function function) {
    return switch (function.name()) {
      case "rate", "increase", "irate", "resets" -> Wanted.COUNTER;
      case "min_over_time", "ts_of_min_over_time" -> Wanted.MINIMUM;
      case "max_over_time", "ts_of_max_over_time" -> Wanted.MAXIMUM;
      case "sum_over_time" -> Wanted.SUM;
      default -> Wanted.AVERAGE;
    };
  }

  private Source perSample(Call call, Function.Body.PerSample body) {
    Optional<Expr> vector = argument(call, ValueType.INSTANT_VECTOR);
    Source source =
        vector.isPresent()
            ? source(vector.get())
            : new Columns(List.of(Column.of(Labels.EMPTY, VectorFunctions.seconds(this))), true);
    return eachSample(source, body.math(), scalarArguments(call));
  }

  private Source eachSample(Source source, Function.SampleMath math, List<double[]> arguments) {
    var scalars = new double[arguments.size()];
    return withoutNames(
        source,
        column -> {
          double[] values = Result.nothing(steps.count());
          for (int i = 0; i < values.length; i++) {
            if (column.has(i)) {
              values[i] = math.apply(column.values()[i], at(arguments, i, scalars));
            }
          }
          return nameless(column, values);
        });
  }

  private Source perWindow(Call call, Function.Body.PerWindow body) {
    Expr range = argument(call, ValueType.RANGE_VECTOR).orElseThrow();
    Windows windows = windowed(range, wanted(call.function()));
    List<double[]> arguments = scalarArguments(call);
    WindowNotes.add(query, call, body.trait(), windows, arguments);
    var raw = new WindowSource(this, windows, body.math(), arguments);
    return body.trait() == Function.Trait.KEEPS_NAME
        ? raw
        : withoutNames(raw, column -> nameless(column, column.values()));
  }

  /** Values under a column's labels, which lose their name by this. */
  Column nameless(Column column, double[] values) {
    return column.nameless(values, query.limits().delayedNames());
  }

  /**
   * Columns that lose their names by a change. Where that might make labels equal they are joined.
   */
  Source withoutNames(Source source, UnaryOperator<Column> change) {
    Source changed = source.map(change);
    boolean lazily = source.apart() || query.limits().delayedNames();
    return lazily ? changed : new Columns(distinct(changed.list()).list(), true);
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

  /** The function's scalars at one step. */
  static double[] at(List<double[]> arguments, int step, double[] into) {
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
  static Columns distinct(List<Column> columns) {
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
    return first.with(values);
  }

  static QueryProblem failed(String message) {
    return new QueryProblem(QueryProblem.Kind.EXECUTION, message);
  }
}

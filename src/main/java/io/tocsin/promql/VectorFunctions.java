package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Columns;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Between scalars and vectors; time; order. */
final class VectorFunctions {

  private VectorFunctions() {}

  /** The evaluation times in seconds. */
  static double[] seconds(Evaluation evaluation) {
    var seconds = new double[evaluation.steps().count()];
    Arrays.setAll(seconds, i -> evaluation.steps().at(i) / 1000.0);
    return seconds;
  }

  static Result vector(Evaluation evaluation, Call call) {
    double[] values = evaluation.scalars(call.arguments().getFirst());
    return new Columns(List.of(Column.of(Labels.EMPTY, values)), true);
  }

  /** The value of the only element, NaN when there is not exactly one. */
  static Result scalar(Evaluation evaluation, Call call) {
    List<Column> columns = evaluation.columns(call.arguments().getFirst());
    var values = new double[evaluation.steps().count()];
    for (int i = 0; i < values.length; i++) {
      int found = 0;
      for (Column column : columns) {
        if (column.has(i)) {
          values[i] = column.values()[i];
          found++;
        }
      }
      values[i] = found == 1 ? values[i] : Double.NaN;
    }
    return new Result.Numbers(values);
  }

  /** When each sample was taken; for anything but a selector, when it was evaluated. */
  static Result timestamp(Evaluation evaluation, Call call) {
    Expr argument = call.arguments().getFirst();
    if (argument.bare() instanceof Expr.VectorSelector selector) {
      return nameless(evaluation, evaluation.selection().current(selector, true));
    }
    double[] seconds = seconds(evaluation);
    Source stamped =
        evaluation
            .source(argument)
            .map(
                column -> {
                  double[] values = Result.nothing(seconds.length);
                  for (int i = 0; i < values.length; i++) {
                    values[i] = column.has(i) ? seconds[i] : values[i];
                  }
                  return column.with(values);
                });
    return nameless(evaluation, stamped);
  }

  private static Columns nameless(Evaluation evaluation, Source source) {
    Source nameless = evaluation.withoutNames(source, c -> evaluation.nameless(c, c.values()));
    return new Columns(nameless.list(), nameless.apart());
  }

  /** The series of a range query are always in order of their labels. */
  static void warnOfRange(Evaluation evaluation, Call call) {
    evaluation
        .query()
        .warn(
            "sort is ineffective for range queries since results are always ordered by labels",
            call.span());
  }

  /** The larger or smaller of two scalars, NaN when either is. */
  static Result extreme(Evaluation evaluation, Call call, DoubleBinaryOperator choice) {
    double[] first = evaluation.scalars(call.arguments().getFirst());
    double[] second = evaluation.scalars(call.arguments().getLast());
    var values = new double[first.length];
    Arrays.setAll(values, i -> choice.applyAsDouble(first[i], second[i]));
    return new Result.Numbers(values);
  }

  /** Start timestamps are not kept: no element has one. */
  static Result startTimestamp(Evaluation evaluation, Call call) {
    evaluation.source(call.arguments().getFirst());
    return Columns.EMPTY;
  }

  static Result sort(Evaluation evaluation, Call call) {
    return sorted(evaluation, call, 1);
  }

  static Result sortDescending(Evaluation evaluation, Call call) {
    return sorted(evaluation, call, -1);
  }

  /** By value, NaN last; only an instant query has an order. */
  private static Result sorted(Evaluation evaluation, Call call, int sign) {
    List<Column> columns = evaluation.columns(call.arguments().getFirst());
    if (evaluation.steps().count() > 1) {
      warnOfRange(evaluation, call);
      return new Columns(columns);
    }
    Comparator<Column> byValue = Comparator.comparingDouble(c -> sign * c.values()[0]);
    return new Columns(columns.stream().filter(c -> c.has(0)).sorted(byValue).toList());
  }
}

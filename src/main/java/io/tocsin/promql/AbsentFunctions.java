package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Columns;
import io.tocsin.series.SeriesPoints;
import java.util.HashSet;
import java.util.List;

/** One element with value 1 where nothing is. */
final class AbsentFunctions {

  private AbsentFunctions() {}

  static Result absent(Evaluation evaluation, Call call) {
    Expr argument = call.arguments().getFirst();
    var present = new boolean[evaluation.steps().count()];
    evaluation
        .source(argument)
        .each(
            column -> {
              for (int i = 0; i < present.length; i++) {
                present[i] |= column.has(i);
              }
            });
    return missing(argument, present);
  }

  static Result absentOverTime(Evaluation evaluation, Call call) {
    Expr argument = call.arguments().getFirst();
    var present = new boolean[evaluation.steps().count()];
    Result.Windows windows = evaluation.windowed(argument);
    for (SeriesPoints points : windows.series()) {
      var window = new Window(points);
      for (int i = 0; i < present.length; i++) {
        long right = windows.at()[i];
        present[i] |= window.moveTo(right - windows.rangeMillis(), right, right);
      }
    }
    return missing(argument, present);
  }

  private static Result missing(Expr argument, boolean[] present) {
    double[] values = Result.nothing(present.length);
    for (int i = 0; i < present.length; i++) {
      values[i] = present[i] ? values[i] : 1;
    }
    return new Columns(List.of(Column.of(labels(argument.bare()), values)), true);
  }

  /** What the equality matchers say; a label named twice says nothing. */
  private static Labels labels(Expr argument) {
    List<Matcher> matchers =
        argument instanceof Expr.VectorSelector selector
            ? selector.matchers()
            : argument instanceof Expr.MatrixSelector matrix
                ? matrix.vector().matchers()
                : List.of();
    var labels = Labels.builder();
    var seen = new HashSet<String>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Labels.NAME)) {
        continue;
      }
      if (matcher.op() == Matcher.Op.EQUAL && seen.add(matcher.name())) {
        labels.set(matcher.name(), matcher.value());
      } else {
        labels.remove(matcher.name());
      }
    }
    return labels.build();
  }
}

package io.tocsin.promql;

import io.tocsin.promql.Result.Windows;
import io.tocsin.series.SeriesPoints;
import java.util.List;
import java.util.function.Consumer;

/** A function of windows, series by series. */
record WindowSource(
    Evaluation evaluation, Windows windows, Function.WindowMath math, List<double[]> arguments)
    implements Source {

  @Override
  public boolean apart() {
    return windows.apart();
  }

  @Override
  public void each(Consumer<Column> sink) {
    Steps steps = evaluation.steps();
    var scalars = new double[arguments.size()];
    long[] at = windows.at();
    long[] perStep = evaluation.query().perStep(steps);
    long looked = 0;
    for (int s = 0; s < windows.series().size(); s++) {
      SeriesPoints points = windows.series().get(s);
      evaluation.query().charge(steps.count());
      var window = new Window(points);
      double[] values = Result.nothing(steps.count());
      boolean any = false;
      for (int i = 0; i < values.length; i++) {
        if (window.moveTo(at[i] - windows.rangeMillis(), at[i], steps.at(i))) {
          values[i] = math.apply(window, Evaluation.at(arguments, i, scalars));
          any = true;
          looked += window.size();
          if (perStep.length > 0) {
            perStep[i] += window.size();
          }
        }
      }
      if (any) {
        sink.accept(Column.of(points.labels(), values, windows.isLeaving(s)));
      }
    }
    evaluation.query().looked(looked);
  }
}

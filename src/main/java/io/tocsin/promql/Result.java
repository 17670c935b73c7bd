package io.tocsin.promql;

import io.tocsin.series.SeriesPoints;
import io.tocsin.series.StaleMarker;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What one node yields over all steps at once. */
sealed interface Result {

  /** A number per step. */
  record Numbers(double[] values) implements Result {}

  /** A string. */
  record Words(String value) implements Result {}

  /**
   * Series with a value, or none, per step.
   *
   * @param apart whether no two would have the same labels if all lost their metric names
   */
  record Columns(List<Column> list, boolean apart) implements Result, Source {
    static final Columns EMPTY = new Columns(List.of(), true);

    Columns(List<Column> list) {
      this(list, false);
    }

    @Override
    public void each(Consumer<Column> sink) {
      list.forEach(sink);
    }
  }

  /**
   * Series' points, without stale markers, over which a window moves.
   *
   * @param at the right edge of each step's window
   * @param rangeMillis the width of the window, open on the left
   * @param apart whether no two would have the same labels if all lost their metric names
   * @param leaving for each series whether its name is there for now only; none when empty
   */
  record Windows(
      List<SeriesPoints> series, long[] at, long rangeMillis, boolean apart, boolean[] leaving)
      implements Result {
    private static final boolean[] NONE = {};

    Windows(List<SeriesPoints> series, long[] at, long rangeMillis, boolean apart) {
      this(series, at, rangeMillis, apart, NONE);
    }

    boolean isLeaving(int i) {
      return leaving.length > 0 && leaving[i];
    }
  }

  /** As many steps without a value. */
  static double[] nothing(int steps) {
    if (steps == 1) {
      return new double[] {StaleMarker.VALUE};
    }
    var values = new double[steps];
    Arrays.fill(values, StaleMarker.VALUE);
    return values;
  }
}

package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.StaleMarker;
import java.util.Arrays;
import java.util.List;

/**
 * What one node yields over all steps at once. A step without a value holds the stale marker, which
 * no computation can produce.
 */
sealed interface Result {

  /** A number per step. */
  record Numbers(double[] values) implements Result {}

  /** A string. */
  record Words(String value) implements Result {}

  /** Series with a value, or none, per step. */
  record Columns(List<Column> list) implements Result {
    static final Columns EMPTY = new Columns(List.of());
  }

  /** One series' values per step. */
  record Column(Labels labels, double[] values) {
    boolean has(int step) {
      return !StaleMarker.is(values[step]);
    }

    boolean isEmpty() {
      for (double value : values) {
        if (!StaleMarker.is(value)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Series' points, without stale markers, over which a window moves.
   *
   * @param at the right edge of each step's window
   * @param rangeMillis the width of the window, open on the left
   */
  record Windows(List<SeriesPoints> series, long[] at, long rangeMillis) implements Result {}

  /** As many steps without a value. */
  static double[] nothing(int steps) {
    var values = new double[steps];
    Arrays.fill(values, StaleMarker.VALUE);
    return values;
  }
}

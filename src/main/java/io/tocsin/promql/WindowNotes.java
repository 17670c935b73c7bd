package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.series.SeriesPoints;
import java.util.List;

/** What to tell about the use of a window function. */
final class WindowNotes {
  private static final List<String> COUNTER_ENDINGS =
      List.of("_total", "_sum", "_count", "_bucket");

  private WindowNotes() {}

  static void add(
      Query query,
      Expr.Call call,
      Function.Trait trait,
      Result.Windows windows,
      List<double[]> scalars) {
    switch (trait) {
      case COUNTER -> counters(query, windows, call.arguments().getFirst().span());
      case QUANTILE -> quantile(query, scalars.getFirst(), call.arguments().getFirst().span());
      case PLAIN, KEEPS_NAME -> {
        // nothing to tell
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // series of one metric mostly share the very same name
  private static void counters(Query query, Result.Windows windows, Span where) {
    String before = "";
    for (SeriesPoints points : windows.series()) {
      String name = points.labels().get(Labels.NAME);
      if (name != before && !name.isEmpty() && !isCounter(name)) {
        query.inform(
            "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                + Strings.quote(name),
            where);
      }
      before = name;
    }
  }

  private static boolean isCounter(String name) {
    boolean counter = false;
    for (String ending : COUNTER_ENDINGS) {
      counter |= name.endsWith(ending);
    }
    return counter;
  }

  /** Warns of quantiles outside [0, 1]. */
  static void quantile(Query query, double[] quantiles, Span where) {
    for (double q : quantiles) {
      if (!(q >= 0 && q <= 1)) {
        query.warn("quantile value should be between 0 and 1, got " + Numbers.shortest(q), where);
        return;
      }
    }
  }
}

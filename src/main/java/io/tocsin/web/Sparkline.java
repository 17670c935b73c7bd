package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.series.SeriesPoints;
import java.util.Locale;

/**
 * A series as a line of a few pixels: its course, the threshold dashed, the breach shaded. Its
 * colours hold on light and dark ground alike.
 */
final class Sparkline {

  private static final int WIDTH = 120;
  private static final int HEIGHT = 28;
  private static final int COLUMNS = 60;
  private static final String OPEN =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 28\" width=\"120\""
          + " height=\"28\" preserveAspectRatio=\"none\">";

  private Sparkline() {}

  /** Nothing to draw. */
  static String none() {
    return OPEN + "</svg>";
  }

  static String draw(Alert alert, AlertGraph graph) {
    long[] times = graph.points().timestamps();
    double[] values = graph.points().values();
    double low = graph.threshold().orElse(Double.POSITIVE_INFINITY);
    double high = graph.threshold().orElse(Double.NEGATIVE_INFINITY);
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (times.length == 0 || !Double.isFinite(low)) {
      return none();
    }
    var svg = new StringBuilder(OPEN);
    double span = Math.max(1, times[times.length - 1] - times[0]);
    double scale = high > low ? (HEIGHT - 4) / (high - low) : 0;
    double from = x(alert.activeSince().toEpochMilli(), times[0], span);
    double to =
        alert.resolvedAt().map(end -> x(end.toEpochMilli(), times[0], span)).orElse(1.0 * WIDTH);
    if (to > from) {
      svg.append("<rect x=\"" + px(from) + "\" y=\"0\" width=\"" + px(to - from))
          .append("\" height=\"28\" fill=\"#d9534f\" fill-opacity=\".18\"/>");
    }
    if (graph.threshold().isPresent()) {
      double y = HEIGHT - 2 - (graph.threshold().getAsDouble() - low) * scale;
      svg.append("<path d=\"M0 " + px(y) + "H120\" stroke=\"#d9534f\" stroke-dasharray=\"3 3\"/>");
    }
    svg.append("<path fill=\"none\" stroke=\"#4a86e8\" stroke-width=\"1.5\" d=\"");
    int step = Math.max(1, times.length / COLUMNS);
    boolean pen = false;
    for (int i = 0; i < times.length; i += step) {
      double value = worst(values, i, Math.min(times.length, i + step));
      if (Double.isFinite(value)) {
        svg.append(pen ? "L" : "M").append(px(x(times[i], times[0], span))).append(' ');
        svg.append(px(HEIGHT - 2 - (value - low) * scale));
      }
      pen = Double.isFinite(value);
    }
    return svg.append("\"/></svg>").toString();
  }

  /** A series alone, in the page; the label says in words what it shows. */
  static String draw(SeriesPoints points, String label) {
    long[] times = points.timestamps();
    double[] values = points.values();
    double high = 0;
    for (double value : values) {
      high = Double.isFinite(value) ? Math.max(high, value) : high;
    }
    double scale = high > 0 ? (HEIGHT - 4) / high : 0;
    double span = Math.max(1, times[times.length - 1] - times[0]);
    var svg =
        new StringBuilder("<svg class=\"spark\" role=\"img\" viewBox=\"0 0 120 28\" aria-label=\"")
            .append(label)
            .append("\" preserveAspectRatio=\"none\"><path fill=\"none\" d=\"");
    int step = Math.max(1, (times.length + COLUMNS - 1) / COLUMNS);
    for (int i = 0; i < times.length; i += step) {
      double value = worst(values, i, Math.min(times.length, i + step));
      if (Double.isFinite(value)) {
        svg.append(svg.charAt(svg.length() - 1) == '"' ? "M" : "L")
            .append(px(x(times[i], times[0], span)))
            .append(' ')
            .append(px(HEIGHT - 2 - value * scale));
      }
    }
    return svg.append("\"/></svg>").toString();
  }

  private static double worst(double[] values, int from, int to) {
    double worst = Double.NaN;
    for (int i = from; i < to; i++) {
      worst = Double.isNaN(worst) || values[i] > worst ? values[i] : worst;
    }
    return worst;
  }

  private static double x(long at, long first, double span) {
    return Math.min(WIDTH, Math.max(0, (at - first) / span * WIDTH));
  }

  private static String px(double pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels);
  }
}

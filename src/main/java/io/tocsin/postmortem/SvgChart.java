package io.tocsin.postmortem;

import io.tocsin.alert.Alert;
import io.tocsin.series.SeriesPoints;
import io.tocsin.template.Markup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the series behind an alert as SVG: a thin line, the threshold dashed, the breach shaded,
 * axes with units, a title and a description for those who do not see it, colours for light and
 * dark.
 */
public final class SvgChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 200;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 16;
  private static final int TOP = 24;
  private static final int BOTTOM = HEIGHT - 28;

  /** Beyond this, samples are not of one stretch: the look-back of the query language. */
  private static final long LONGEST_GAP_MILLIS = 5 * 60_000;

  private static final String STYLE =
      """
      <style>
      text{font:12px system-ui,sans-serif;fill:#475467}
      .axis{stroke:#98a2b3}.grid{stroke:#98a2b3;stroke-opacity:.3}
      .line{fill:none;stroke:#1d5fc4;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
      .limit{stroke:#b42318;stroke-dasharray:5 3}.over{fill:#b42318;fill-opacity:.12}
      @media (prefers-color-scheme:dark){
      text{fill:#cfd4dc}.axis,.grid{stroke:#8a94a6}
      .line{stroke:#84b4ff}.limit{stroke:#ff8a7a}.over{fill:#ff8a7a;fill-opacity:.18}}
      @media (max-width:480px){text{font-size:18px}}
      </style>
      """;

  private final Alert alert;
  private final AlertGraph graph;
  private final Scale x;
  private final Scale y;
  private final StringBuilder svg = new StringBuilder();

  private SvgChart(Alert alert, AlertGraph graph) {
    this.alert = alert;
    this.graph = graph;
    SeriesPoints points = graph.points();
    this.x =
        Scale.time(points.timestamps()[0], points.timestamps()[points.size() - 1], LEFT, RIGHT);
    this.y = Scale.values(points.values(), graph.threshold(), BOTTOM, TOP);
  }

  /** The drawing, or empty text when there is no finite sample to draw. */
  public static String draw(Alert alert, AlertGraph graph) {
    for (double value : graph.points().values()) {
      if (Double.isFinite(value)) {
        return new SvgChart(alert, graph).draw();
      }
    }
    return "";
  }

  private String draw() {
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-labelledby=\"title desc\">\n",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT));
    svg.append("<title id=\"title\">").append(Markup.xml(graph.points().labels().toString()));
    svg.append("</title>\n<desc id=\"desc\">")
        .append(Markup.xml(description()))
        .append("</desc>\n");
    svg.append(STYLE);
    breach();
    axes();
    graph.threshold().ifPresent(this::threshold);
    svg.append("<path class=\"line\" d=\"").append(path()).append("\"/>\n</svg>\n");
    return svg.toString();
  }

  private String description() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : graph.points().values()) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    String unit = graph.unit().isEmpty() ? "" : " " + graph.unit();
    String limit =
        graph.threshold().isPresent()
            ? " Threshold " + Words.number(graph.threshold().getAsDouble()) + unit + "."
            : "";
    String end = alert.resolvedAt().map(at -> " to " + Words.clock(at)).orElse(" on");
    return "From %s to %s UTC, between %s and %s%s.%s In breach from %s%s UTC."
        .formatted(
            Words.dayAndClock(Instant.ofEpochMilli((long) x.low())),
            Words.dayAndClock(Instant.ofEpochMilli((long) x.high())),
            Words.number(low),
            Words.number(high),
            unit,
            limit,
            Words.clock(alert.activeSince()),
            end);
  }

  private void breach() {
    double from = Math.max(LEFT, x.at(alert.activeSince().toEpochMilli()));
    double to =
        Math.min(
            RIGHT, alert.resolvedAt().map(at -> x.at(at.toEpochMilli())).orElse((double) RIGHT));
    if (to > from) {
      element(
          "<rect class=\"over\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
          from, TOP, to - from, BOTTOM - TOP);
    }
  }

  private void axes() {
    for (double tick : y.ticks()) {
      element(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT, RIGHT, y.at(tick), y.at(tick));
      element(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6, y.at(tick) + 4, Words.number(tick));
    }
    for (double tick : x.ticks()) {
      Instant at = Instant.ofEpochMilli((long) tick);
      element(
          "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          x.at(tick), x.at(tick), BOTTOM, BOTTOM + 4);
      element(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x.at(tick), BOTTOM + 18, x.step() < 60_000 ? Words.clock(at) : Words.minute(at));
    }
    element(
        "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
        LEFT, RIGHT, BOTTOM, BOTTOM);
    element("<text x=\"%d\" y=\"14\">%s</text>", LEFT, Markup.xml(graph.unit()));
    element("<text x=\"%d\" y=\"14\" text-anchor=\"end\">UTC</text>", RIGHT);
  }

  private void threshold(double value) {
    element(
        "<line class=\"limit\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
        LEFT, RIGHT, y.at(value), y.at(value));
    element(
        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">threshold %s</text>",
        RIGHT - 4, y.at(value) - 4, Words.number(value));
  }

  private void element(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private String path() {
    var path = new StringBuilder();
    long last = Long.MIN_VALUE / 2;
    for (int i : drawn()) {
      long time = graph.points().timestamps()[i];
      double value = graph.points().values()[i];
      if (!Double.isFinite(value)) {
        last = Long.MIN_VALUE / 2;
        continue;
      }
      boolean starts = time - last > LONGEST_GAP_MILLIS;
      // A step of nothing makes a lone sample visible as a dot.
      path.append(
          String.format(
              Locale.ROOT, starts ? "M%.1f %.1fh0" : "L%.1f %.1f", x.at(time), y.at(value)));
      last = time;
    }
    return path.toString();
  }

  /** Which samples to draw: all, or of many the lowest and highest of each column of pixels. */
  private List<Integer> drawn() {
    SeriesPoints points = graph.points();
    var drawn = new ArrayList<Integer>();
    boolean all = points.size() <= 2 * (RIGHT - LEFT);
    for (int i = 0; i < points.size(); ) {
      int end = i + 1;
      int low = i;
      int high = i;
      while (!all && end < points.size() && column(end) == column(i)) {
        double value = points.values()[end];
        low = value < points.values()[low] || Double.isNaN(points.values()[low]) ? end : low;
        high = value > points.values()[high] || Double.isNaN(points.values()[high]) ? end : high;
        end++;
      }
      drawn.add(Math.min(low, high));
      if (low != high) {
        drawn.add(Math.max(low, high));
      }
      i = end;
    }
    return drawn;
  }

  private int column(int i) {
    return (int) x.at(graph.points().timestamps()[i]);
  }
}

package io.tocsin.web;

import io.tocsin.series.SeriesPoints;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Series as a drawing, for where no script runs: thin lines in the order of colours of the
 * interactive charts, both axes labelled, legible on light and dark ground.
 */
final class LinesSvg {

  /** The colours, safe for the colour-blind in this order. */
  static final List<String> COLOURS =
      List.of(
          "#3b7dd8", "#d9822b", "#5a9e4b", "#b65fc2", "#c9454a", "#3aa3a0", "#8c7a3f", "#7d6bd0");

  private static final int WIDTH = 720;
  private static final int HEIGHT = 240;
  private static final int LEFT = 64;
  private static final int RIGHT = 708;
  private static final int TOP = 24;
  private static final int BOTTOM = 212;
  private static final int TICKS = 4;
  private static final String GREY = "#7d8794";

  /** Shrunk to a phone, labels would be too small to read; values then stand on their lines. */
  private static final String STYLE =
      "<style>@media (max-width:480px){text{font-size:22px}"
          + ".v{text-anchor:start;transform:translate(-58px,-8px)}}</style>";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** In so many milliseconds two labels would name the same minute. */
  private static final long SHORT = 5 * 60_000;

  private final long from;
  private final long to;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  private LinesSvg(List<SeriesPoints> series, long from, long to) {
    this.from = from;
    this.to = to;
    for (SeriesPoints points : series) {
      for (double value : points.values()) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    } else if (high - low < 1e-12) {
      double room = Math.max(Math.abs(high) * 0.1, 0.5);
      low -= room;
      high += room;
    }
  }

  /** For an image of its own. From and to are milliseconds since the epoch. */
  static String draw(List<SeriesPoints> series, long from, long to) {
    return drawn(series, from, to, STYLE);
  }

  /** For inside a page, whose stylesheet has the rules for phones. */
  static String inPage(List<SeriesPoints> series, long from, long to) {
    return drawn(series, from, to, "");
  }

  private static String drawn(List<SeriesPoints> series, long from, long to, String style) {
    var drawing = new LinesSvg(series, from, to);
    var svg = new StringBuilder(4096);
    svg.append("<svg class=\"lines\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT + "\" width=\"" + WIDTH + "\" height=\"" + HEIGHT)
        .append("\" font-family=\"system-ui,sans-serif\" font-size=\"12\">")
        .append(style);
    drawing.axes(svg);
    for (int i = 0; i < series.size(); i++) {
      svg.append("<path fill=\"none\" stroke-width=\"1.5\" stroke-linecap=\"round\" stroke=\"")
          .append(COLOURS.get(i % COLOURS.size()))
          .append("\" d=\"");
      drawing.path(svg, series.get(i));
      svg.append("\"/>");
    }
    return svg.append("</svg>").toString();
  }

  private void axes(StringBuilder svg) {
    for (int i = 0; i <= TICKS; i++) {
      double value = low + (high - low) * i / TICKS;
      String y = px(y(value));
      svg.append("<path stroke=\"" + GREY + "\" stroke-opacity=\".3\" d=\"M" + LEFT + " " + y);
      svg.append("H" + RIGHT + "\"/><text class=\"v\" fill=\"" + GREY + "\" text-anchor=\"end\"");
      svg.append(" x=\"").append(LEFT - 6).append("\" y=\"").append(px(y(value) + 4)).append("\">");
      svg.append(Times.figure(value)).append("</text>");
      long at = from + (to - from) * i / TICKS;
      String anchor = i == 0 ? "start" : i == TICKS ? "end" : "middle";
      svg.append("<text fill=\"" + GREY + "\" text-anchor=\"" + anchor + "\" x=\"");
      svg.append(px(x(at))).append("\" y=\"").append(BOTTOM + 18).append("\">");
      svg.append((to - from < SHORT ? SECONDS : CLOCK).format(Instant.ofEpochMilli(at)));
      svg.append(i == TICKS ? " UTC" : "");
      svg.append("</text>");
    }
  }

  private void path(StringBuilder svg, SeriesPoints points) {
    long gap = gap(points);
    long last = Long.MIN_VALUE / 2;
    for (int i = 0; i < points.size(); i++) {
      double value = points.values()[i];
      long at = points.timestamps()[i];
      if (Double.isFinite(value)) {
        svg.append(at - last > gap ? "M" : "L").append(px(x(at))).append(' ').append(px(y(value)));
        svg.append(at - last > gap ? "h0" : "");
        last = at;
      }
    }
  }

  /** Longer than this without a point nothing is known: far more than the points lie apart. */
  private long gap(SeriesPoints points) {
    long[] apart =
        IntStream.range(1, points.size())
            .mapToLong(i -> points.timestamps()[i] - points.timestamps()[i - 1])
            .sorted()
            .toArray();
    long usual = apart.length == 0 ? 1 : apart[apart.length / 2];
    return Math.max((to - from) / 20, 3 * usual);
  }

  private double x(long at) {
    return LEFT + (double) (at - from) / Math.max(1, to - from) * (RIGHT - LEFT);
  }

  private double y(double value) {
    return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
  }

  private static String px(double pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels);
  }
}

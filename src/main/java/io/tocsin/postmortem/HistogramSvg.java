package io.tocsin.postmortem;

import io.tocsin.rule.drift.Detail;
import io.tocsin.rule.drift.Row;
import io.tocsin.template.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Draws both distributions of a finding's row as SVG: a pair of bars per bin, the reference beside
 * the window, the bins that contribute most marked. The drawing needs no colour to be read: the
 * reference is an outline, the window filled.
 */
public final class HistogramSvg {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 220;
  private static final int LEFT = 60;
  private static final int RIGHT = WIDTH - 8;
  private static final int TOP = 34;
  private static final int BOTTOM = HEIGHT - 30;
  private static final int MOST_BINS = 24;
  private static final int MARKED = 3;

  private static final String STYLE =
      """
      <style>
      .hist text{font:12px system-ui,sans-serif;fill:#475467}
      .hist .axis{stroke:#98a2b3}.hist .grid{stroke:#98a2b3;stroke-opacity:.3}
      .hist .was{fill:none;stroke:#667085;stroke-width:1.5}
      .hist .is{fill:#1d5fc4}.hist .most{fill:#b54708}
      @media (prefers-color-scheme:dark){
      .hist text{fill:#cfd4dc}.hist .axis,.hist .grid{stroke:#8a94a6}
      .hist .was{stroke:#cfd4dc}.hist .is{fill:#84b4ff}.hist .most{fill:#fdb022}}
      </style>
      """;

  private final Row row;
  private final List<Detail.Bin> bins;
  private final double n;
  private final double m;
  private final double top;
  private final StringBuilder svg = new StringBuilder();

  private HistogramSvg(Row row, Detail detail) {
    this.row = row;
    this.bins = joined(detail.bins());
    this.n = Math.max(1, bins.stream().mapToLong(Detail.Bin::before).sum());
    this.m = Math.max(1, bins.stream().mapToLong(Detail.Bin::after).sum());
    double largest =
        bins.stream()
            .mapToDouble(bin -> Math.max(bin.before() / n, bin.after() / m))
            .max()
            .orElse(0);
    this.top = Math.max(0.01, largest * 1.1);
  }

  /** A drawing that carries its own colours, for a file or a mail; empty without distributions. */
  public static String alone(Row row) {
    return row.detail().map(detail -> new HistogramSvg(row, detail).draw(STYLE)).orElse("");
  }

  /** A drawing that stands in a page and takes the page's colours; empty without distributions. */
  public static String inPage(Row row) {
    return row.detail().map(detail -> new HistogramSvg(row, detail).draw("")).orElse("");
  }

  /** Neighbours together until there are few enough to see. */
  private static List<Detail.Bin> joined(List<Detail.Bin> bins) {
    int each = (bins.size() + MOST_BINS - 1) / MOST_BINS;
    if (each < 2) {
      return bins;
    }
    var joined = new ArrayList<Detail.Bin>();
    for (int i = 0; i < bins.size(); i += each) {
      List<Detail.Bin> some = bins.subList(i, Math.min(bins.size(), i + each));
      joined.add(
          new Detail.Bin(
              some.getFirst().label() + " ... " + some.getLast().label(),
              some.stream().mapToLong(Detail.Bin::before).sum(),
              some.stream().mapToLong(Detail.Bin::after).sum(),
              some.stream().mapToDouble(Detail.Bin::contribution).sum()));
    }
    return joined;
  }

  private String draw(String style) {
    element(
        String.format(
            Locale.ROOT,
            "<svg class=\"hist\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            Markup.xml(description())));
    svg.append(style);
    axes();
    List<Integer> most = most();
    for (int i = 0; i < bins.size(); i++) {
      bin(i, most.contains(i));
    }
    legend();
    return svg.append("</svg>").toString();
  }

  private String description() {
    return "Shares of %s per bin: reference of %d rows, window of %d rows. %s"
        .formatted(row.name(), row.reference(), row.current(), row.words());
  }

  private List<Integer> most() {
    return IntStream.range(0, bins.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -bins.get(i).contribution()))
        .limit(MARKED)
        .filter(i -> bins.get(i).contribution() > 0)
        .toList();
  }

  private double y(double share) {
    return BOTTOM - share / top * (BOTTOM - TOP);
  }

  private void axes() {
    double step = top > 0.4 ? 0.2 : top > 0.2 ? 0.1 : top > 0.08 ? 0.05 : 0.01;
    for (double tick = 0; tick <= top; tick += step) {
      element(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT,
              RIGHT,
              y(tick),
              y(tick)));
      element(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f %%</text>",
              LEFT - 6,
              y(tick) + 4,
              tick * 100));
    }
    element(
        String.format(
            Locale.ROOT,
            "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
            LEFT,
            RIGHT,
            BOTTOM,
            BOTTOM));
  }

  private double slot() {
    return (RIGHT - LEFT) / (double) Math.max(1, bins.size());
  }

  private void bin(int i, boolean marked) {
    Detail.Bin bin = bins.get(i);
    double x = LEFT + i * slot();
    double bar = slot() * 0.38;
    double was = bin.before() / n;
    double is = bin.after() / m;
    element(
        String.format(
            Locale.ROOT,
            "<g><title>%s: %.1f %% before, %.1f %% now</title>",
            Markup.xml(bin.label()),
            was * 100,
            is * 100));
    element(
        String.format(
            Locale.ROOT,
            "<rect class=\"was\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            x + slot() * 0.1,
            y(was),
            bar,
            BOTTOM - y(was)));
    element(
        String.format(
            Locale.ROOT,
            "<rect class=\"is\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            x + slot() * 0.1 + bar,
            y(is),
            bar,
            BOTTOM - y(is)));
    if (marked) {
      double middle = x + slot() * 0.1 + bar;
      double above = Math.min(y(was), y(is)) - 5;
      element(
          String.format(
              Locale.ROOT, "<path class=\"most\" d=\"M%.1f %.1fl-4 -7h8z\"/>", middle, above));
    }
    svg.append("</g>");
    if (i % every() == 0) {
      element(
          String.format(
              Locale.ROOT,
              "<text%s x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
              i / every() % 2 == 1 ? " class=\"rest\"" : "",
              x + slot() / 2,
              BOTTOM + 18,
              Markup.xml(brief(bin.label()))));
    }
  }

  /** Labels have room for about 70 pixels each. */
  private int every() {
    return Math.max(1, (int) Math.ceil(72 / slot()));
  }

  private static String brief(String label) {
    String plain = label.replace("up to ", "\u2264 ").replace("above ", "> ");
    int to = plain.indexOf(" to ");
    String shown = to > 0 ? "\u2264 " + plain.substring(to + 4) : plain;
    return shown.length() > 11 ? shown.substring(0, 10) + "\u2026" : shown;
  }

  private void legend() {
    element(
        String.format(
            Locale.ROOT,
            "<rect class=\"was\" x=\"%d\" y=\"8\" width=\"10\" height=\"10\"/>"
                + "<text x=\"%d\" y=\"17\">reference<tspan class=\"rest\">, %d rows</tspan></text>",
            LEFT,
            LEFT + 16,
            row.reference()));
    element(
        String.format(
            Locale.ROOT,
            "<rect class=\"is\" x=\"%d\" y=\"8\" width=\"10\" height=\"10\"/>"
                + "<text x=\"%d\" y=\"17\">window<tspan class=\"rest\">, %d rows</tspan></text>",
            LEFT + 200,
            LEFT + 216,
            row.current()));
    element(
        String.format(
            Locale.ROOT,
            "<path class=\"most\" d=\"M%d 17l-4 -7h8z\"/><text x=\"%d\" y=\"17\">moved most</text>",
            LEFT + 404,
            LEFT + 416));
  }

  private void element(String one) {
    svg.append(one).append('\n');
  }
}

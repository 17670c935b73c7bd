package io.tocsin.web;

import io.tocsin.model.report.ModelReport.Share;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Accuracy day by day: a dot with its 95 % interval, and the target dashed. It takes the page's
 * colours and needs none to be read.
 */
final class AccuracySvg {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 200;
  private static final int LEFT = 84;
  private static final int RIGHT = WIDTH - 8;
  private static final int TOP = 12;
  private static final int BOTTOM = HEIGHT - 26;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private final List<Share> days;
  private final double low;
  private final double high;
  private final StringBuilder svg = new StringBuilder();

  private AccuracySvg(List<Share> days, OptionalDouble target) {
    this.days = days;
    double least = target.orElse(1);
    double most = target.orElse(0);
    for (Share day : days) {
      least = Math.min(least, day.low().orElse(least));
      most = Math.max(most, day.high().orElse(most));
    }
    double room = Math.max(0.01, (most - least) * 0.08);
    this.low = Math.max(0, least - room);
    this.high = Math.min(1, most + room);
  }

  /** Empty when no day has a judged row. */
  static String draw(List<Share> days, OptionalDouble target) {
    if (days.stream().allMatch(day -> day.accuracy().isEmpty())) {
      return "";
    }
    return new AccuracySvg(days, target).draw(target);
  }

  private String draw(OptionalDouble target) {
    put(
        "<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " role=\"img\" aria-label=\"Accuracy of each day with its 95 %% interval\">",
        WIDTH, HEIGHT);
    for (int i = 0; i <= 3; i++) {
      double value = low + (high - low) * i / 3;
      put(
          "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%.1f %%</text>",
          LEFT, y(value), RIGHT, LEFT - 6, y(value) + 4, 100 * value);
    }
    target.ifPresent(
        value -> put("<path class=\"target\" d=\"M%d %.1fH%d\"/>", LEFT, y(value), RIGHT));
    for (int i = 0; i < days.size(); i++) {
      day(i, days.get(i));
    }
    return svg.append("</svg>").toString();
  }

  private void day(int i, Share day) {
    if ((days.size() - 1 - i) % 7 == 0) {
      put(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
          x(i), HEIGHT - 8, i == days.size() - 1 ? "end" : "middle", DAY.format(day.day()));
    }
    if (day.accuracy().isEmpty()) {
      return;
    }
    put(
        "<g><title>%s: %.1f %%, between %.1f and %.1f, %d judged</title>"
            + "<path class=\"whisker\" d=\"M%.1f %.1fV%.1f\"/>"
            + "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/></g>",
        DAY.format(day.day()),
        100 * day.accuracy().getAsDouble(),
        100 * day.low().orElse(0),
        100 * day.high().orElse(0),
        day.judged(),
        x(i),
        y(day.low().orElse(0)),
        y(day.high().orElse(0)),
        x(i),
        y(day.accuracy().getAsDouble()));
  }

  private double x(int i) {
    return LEFT + (i + 0.5) / days.size() * (RIGHT - LEFT);
  }

  private double y(double share) {
    return BOTTOM - (share - low) / Math.max(1e-9, high - low) * (BOTTOM - TOP);
  }

  @SuppressWarnings("AnnotateFormatMethod") // every format stands in this file
  private void put(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}

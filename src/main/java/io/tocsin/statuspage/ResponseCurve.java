package io.tocsin.statuspage;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How fast a component answered, hour by hour.
 *
 * @param hourly median response time of each hour in milliseconds, oldest first; empty for an hour
 *     in which nothing was measured
 */
public record ResponseCurve(List<OptionalDouble> hourly) {

  /** How many hours are shown. */
  public static final int HOURS = 24;

  /** Size of the drawing in its own units. */
  public static final int WIDTH = 120;

  public static final int HEIGHT = 24;

  private static final double MARGIN = 2;

  public ResponseCurve {
    hourly = List.copyOf(hourly);
  }

  /** The newest measured hour; empty when none was. */
  public OptionalDouble latest() {
    return hourly.reversed().stream()
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** The slowest hour; empty when none was measured. */
  public OptionalDouble slowest() {
    return hourly.stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .max();
  }

  /** The curve as an SVG path: zero stands at the foot, hours without a measurement are gaps. */
  public String path() {
    double top = Math.max(slowest().orElse(1), 1e-9);
    var path = new StringBuilder();
    boolean pen = false;
    for (int hour = 0; hour < hourly.size(); hour++) {
      OptionalDouble value = hourly.get(hour);
      if (value.isPresent()) {
        double x = MARGIN + hour * (WIDTH - 2 * MARGIN) / Math.max(1, hourly.size() - 1);
        double y = HEIGHT - MARGIN - value.getAsDouble() / top * (HEIGHT - 2 * MARGIN);
        path.append(String.format(Locale.ROOT, "%c%.1f %.1f", pen ? 'L' : 'M', x, y));
      }
      pen = value.isPresent();
    }
    return path.toString();
  }
}

package io.tocsin.promql;

import io.tocsin.series.StaleMarker;

/** Where a series is heading. */
final class TrendFunctions {

  /** A line through a window, by least squares; the intercept is its value at a given time. */
  private record Line(double slope, double intercept) {}

  private TrendFunctions() {}

  static double deriv(Window window, double[] scalars) {
    if (window.size() < 2) {
      return StaleMarker.VALUE;
    }
    return line(window, window.times[window.from]).slope();
  }

  /** The value that many seconds after the evaluation. */
  static double predictLinear(Window window, double[] scalars) {
    if (window.size() < 2) {
      return StaleMarker.VALUE;
    }
    Line line = line(window, window.now);
    return line.slope() * scalars[0] + line.intercept();
  }

  private static Line line(Window window, long interceptTime) {
    var sumX = new Kahan();
    var sumY = new Kahan();
    var sumXY = new Kahan();
    var sumX2 = new Kahan();
    boolean constant = true;
    for (int i = window.from; i < window.to; i++) {
      double x = (window.times[i] - interceptTime) / 1000.0;
      double y = window.values[i];
      constant &= y == window.first();
      sumX.add(x);
      sumY.add(y);
      sumXY.add(x * y);
      sumX2.add(x * x);
    }
    if (constant) {
      return Double.isInfinite(window.first())
          ? new Line(Double.NaN, Double.NaN)
          : new Line(0, window.first());
    }
    double n = window.size();
    double covariance = sumXY.value() - sumX.value() * sumY.value() / n;
    double variance = sumX2.value() - sumX.value() * sumX.value() / n;
    double slope = covariance / variance;
    return new Line(slope, sumY.value() / n - slope * sumX.value() / n);
  }

  /** Holt's linear method: a smoothing factor and a trend factor, both in (0, 1). */
  static double doubleExponentialSmoothing(Window window, double[] factors) {
    double smoothing = factor("smoothing", factors[0]);
    double trending = factor("trend", factors[1]);
    if (window.size() < 2) {
      return StaleMarker.VALUE;
    }
    double before = 0;
    double level = window.first();
    double trend = window.values[window.from + 1] - level;
    for (int i = window.from + 1; i < window.to; i++) {
      if (i > window.from + 1) {
        trend = trending * (level - before) + (1 - trending) * trend;
      }
      before = level;
      level = smoothing * window.values[i] + (1 - smoothing) * (level + trend);
    }
    return level;
  }

  private static double factor(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw Evaluation.failed(
          "invalid %s factor. Expected: 0 < %s < 1, got: %s"
              .formatted(name, name.equals("trend") ? "tf" : "sf", Numbers.format(value)));
    }
    return value;
  }
}

package io.tocsin.promql;

import io.tocsin.series.StaleMarker;

/**
 * How fast and how often a series moves. The extrapolation is Prometheus' own: to the edge of the
 * range when samples come close enough to it, never below zero for a counter.
 *
 * @see <a href="https://github.com/prometheus/prometheus/blob/main/promql/functions.go">
 *     extrapolatedRate, instantValue</a>
 */
final class RateFunctions {
  private static final double NONE = StaleMarker.VALUE;

  private RateFunctions() {}

  static double rate(Window window, double[] scalars) {
    double seconds = (window.end - window.start) / 1000.0;
    return extrapolated(window, true, seconds);
  }

  static double increase(Window window, double[] scalars) {
    return extrapolated(window, true, 1);
  }

  static double delta(Window window, double[] scalars) {
    return extrapolated(window, false, 1);
  }

  private static double extrapolated(Window window, boolean counter, double perSeconds) {
    if (window.size() < 2) {
      return NONE;
    }
    long firstTime = window.times[window.from];
    long lastTime = window.times[window.to - 1];
    double result = window.last() - window.first();
    if (counter) {
      result += lostInResets(window);
    }
    double toStart = (firstTime - window.start) / 1000.0;
    double toEnd = (window.end - lastTime) / 1000.0;
    double sampled = (lastTime - firstTime) / 1000.0;
    double average = sampled / (window.size() - 1);
    double threshold = average * 1.1;
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    if (counter && result > 0 && window.first() >= 0) {
      double toZero = sampled * (window.first() / result);
      toStart = Math.min(toStart, toZero);
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled / perSeconds;
    return result * factor;
  }

  private static double lostInResets(Window window) {
    double lost = 0;
    for (int i = window.from + 1; i < window.to; i++) {
      if (window.values[i] < window.values[i - 1]) {
        lost += window.values[i - 1];
      }
    }
    return lost;
  }

  static double irate(Window window, double[] scalars) {
    if (window.size() < 2) {
      return NONE;
    }
    double last = window.last();
    double before = window.values[window.to - 2];
    double seconds = (window.times[window.to - 1] - window.times[window.to - 2]) / 1000.0;
    return (last < before ? last : last - before) / seconds;
  }

  static double idelta(Window window, double[] scalars) {
    return window.size() < 2 ? NONE : window.last() - window.values[window.to - 2];
  }

  static double changes(Window window, double[] scalars) {
    int changes = 0;
    for (int i = window.from + 1; i < window.to; i++) {
      double now = window.values[i];
      double before = window.values[i - 1];
      if (now != before && !(Double.isNaN(now) && Double.isNaN(before))) {
        changes++;
      }
    }
    return changes;
  }

  static double resets(Window window, double[] scalars) {
    int resets = 0;
    for (int i = window.from + 1; i < window.to; i++) {
      resets += window.values[i] < window.values[i - 1] ? 1 : 0;
    }
    return resets;
  }
}

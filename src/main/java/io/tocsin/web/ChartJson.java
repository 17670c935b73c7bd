package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.series.SeriesPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Series as the browser's charts take them.
 *
 * @param times seconds since the epoch, ascending, shared by all series
 * @param unit of the values, empty when there is none
 * @param threshold the value that a rule compares with
 * @param from when a breach began
 * @param to when it ended
 */
record ChartJson(
    List<Double> times,
    List<Line> series,
    String unit,
    OptionalDouble threshold,
    Optional<Double> from,
    Optional<Double> to) {

  /** One series; a value is empty where it has none. */
  record Line(String name, List<Optional<Double>> values) {}

  static ChartJson of(Alert alert, AlertGraph graph) {
    ChartJson plain = of(List.of(graph.points()), List.of(alert.summary()), graph.unit());
    return new ChartJson(
        plain.times,
        plain.series,
        graph.unit(),
        graph.threshold(),
        Optional.of(alert.activeSince().toEpochMilli() / 1000.0),
        alert.resolvedAt().map(end -> end.toEpochMilli() / 1000.0));
  }

  /** Several series over the times of all of them. */
  static ChartJson of(List<SeriesPoints> series, List<String> names, String unit) {
    var places = new TreeMap<Long, Integer>();
    for (SeriesPoints points : series) {
      for (long time : points.timestamps()) {
        places.put(time, 0);
      }
    }
    var times = new ArrayList<Double>(places.size());
    for (var entry : places.entrySet()) {
      entry.setValue(times.size());
      times.add(entry.getKey() / 1000.0);
    }
    var lines = new ArrayList<Line>();
    for (int i = 0; i < series.size(); i++) {
      lines.add(new Line(names.get(i), values(series.get(i), places)));
    }
    return new ChartJson(
        times, lines, unit, OptionalDouble.empty(), Optional.empty(), Optional.empty());
  }

  private static List<Optional<Double>> values(SeriesPoints points, TreeMap<Long, Integer> places) {
    var values = new ArrayList<Optional<Double>>();
    for (int i = 0; i < places.size(); i++) {
      values.add(Optional.empty());
    }
    for (int i = 0; i < points.size(); i++) {
      double value = points.values()[i];
      if (Double.isFinite(value)) {
        values.set(places.getOrDefault(points.timestamps()[i], 0), Optional.of(value));
      }
    }
    return values;
  }
}

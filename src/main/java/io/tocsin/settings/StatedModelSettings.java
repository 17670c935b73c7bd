package io.tocsin.settings;

import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.SeriesNotation;
import io.tocsin.rule.drift.Shape;
import io.tocsin.rule.drift.StatedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code models:} of a rule test: what watched models see, interval by interval.
 *
 * <pre>{@code
 * models:
 *   - name: ranker
 *     interval: 1h
 *     rows: 1000x5
 *     accuracy: 0.96x3 0.9
 *     features:
 *       - name: price
 *         reference: normal(100, 20)
 *         values: [normal(100, 20) * 4, normal(112, 20)]
 *         missing: 0x3 0.03
 * }</pre>
 *
 * Numbers are in the notation of input series; what stands last goes on.
 */
final class StatedModelSettings {

  private static final int MOST_ROWS = 1_000_000;

  private StatedModelSettings() {}

  static StatedModel read(Section section, Instant start, Duration interval) {
    var columns = new HashMap<String, StatedModel.Column>();
    for (Section feature : section.sections("features")) {
      if (columns.put(feature.string("name"), column(feature)) != null) {
        throw feature.problem("name", "a name that no other feature has");
      }
      feature.done();
    }
    Duration each = section.duration("interval", interval);
    if (!each.isPositive()) {
      throw section.problem("interval", "a duration above 0s");
    }
    List<Integer> rows =
        numbers(section, "rows", MOST_ROWS).stream().map(Double::intValue).toList();
    return new StatedModel(
        section.string("name"),
        start,
        each,
        rows.isEmpty() ? List.of(1000) : rows,
        columns,
        numbers(section, "accuracy", 1),
        numbers(section, "labelled", 1),
        importances(section));
  }

  private static StatedModel.Column column(Section section) {
    Shape reference = shape(section, "reference", section.string("reference"));
    var values = new ArrayList<Shape>();
    for (String text : section.strings("values")) {
      int star = text.lastIndexOf('*');
      Shape shape = shape(section, "values", star < 0 ? text : text.substring(0, star));
      for (int i = 0; i < (star < 0 ? 1 : times(section, text.substring(star + 1))); i++) {
        if (shape.getClass() != reference.getClass()
            && (shape instanceof Shape.Shares || reference instanceof Shape.Shares)) {
          throw section.problem("values", text, "numbers or categories, as the reference has");
        }
        values.add(shape);
      }
    }
    return new StatedModel.Column(reference, values, numbers(section, "missing", 1));
  }

  private static int times(Section section, String text) {
    try {
      int times = Integer.parseInt(text.strip());
      if (times > 0 && times <= 10_000) {
        return times;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw section.problem("values", "\"* " + text.strip() + "\"", "a number of intervals after *");
  }

  private static Shape shape(Section section, String key, String text) {
    try {
      return Shape.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw section.problem(key, text, String.valueOf(wrong.getMessage()));
    }
  }

  private static List<Double> numbers(Section section, String key, double most) {
    if (!section.has(key)) {
      return List.of();
    }
    try {
      List<Double> found =
          SeriesNotation.values(section.string(key)).stream().map(it -> it.orElse(0)).toList();
      if (found.stream().anyMatch(it -> !(it >= 0 && it <= most))) {
        throw section.problem(key, "numbers from 0 to " + most);
      }
      return found;
    } catch (ParseProblem problem) {
      throw section.problem(key, "series notation: " + problem.reason());
    }
  }

  private static Map<Integer, Map<String, Double>> importances(Section section) {
    var all = new HashMap<Integer, Map<String, Double>>();
    for (Section one : section.sections("importances")) {
      var weights = new HashMap<String, Double>();
      one.map("weights")
          .forEach(
              (name, text) -> {
                try {
                  weights.put(name, Double.valueOf(text));
                } catch (NumberFormatException e) {
                  throw one.problem("weights", name + ": " + text, "a number for each input");
                }
              });
      all.put(one.integer("at", 0), weights);
      one.done();
    }
    return all;
  }
}

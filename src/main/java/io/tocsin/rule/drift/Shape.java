package io.tocsin.rule.drift;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A distribution as stated in a test: rows are laid out at its quantiles, not drawn, so that every
 * run gives the same figures.
 */
public sealed interface Shape {

  /** A normal distribution. */
  record Normal(double mean, double sd) implements Shape {}

  /** Evenly between two bounds. */
  record Uniform(double low, double high) implements Shape {}

  /** Shares of categories; made to sum to 1. */
  record Shares(Map<String, Double> shares) implements Shape {
    public Shares {
      shares = Map.copyOf(shares);
    }
  }

  /**
   * Reads {@code normal(0, 1)}, {@code uniform(0, 1)} or {@code yes:0.3 no:0.7}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Shape parse(String text) {
    String bare = text.strip();
    if (bare.startsWith("normal(") || bare.startsWith("uniform(")) {
      String[] parts =
          bare.substring(bare.indexOf('(') + 1, bare.length()).replace(")", "").split(",");
      if (parts.length != 2 || !bare.endsWith(")")) {
        throw new IllegalArgumentException("two numbers, as in normal(0, 1)");
      }
      double first = Double.parseDouble(parts[0].strip());
      double second = Double.parseDouble(parts[1].strip());
      if (bare.startsWith("normal(") ? !(second > 0) : !(second > first)) {
        throw new IllegalArgumentException("a standard deviation above 0, or bounds in order");
      }
      return bare.startsWith("normal(") ? new Normal(first, second) : new Uniform(first, second);
    }
    var shares = new HashMap<String, Double>();
    for (String part : bare.split("\\s+")) {
      int colon = part.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("normal(0, 1), uniform(0, 1) or yes:0.3 no:0.7");
      }
      double share = Double.parseDouble(part.substring(colon + 1));
      if (!(share >= 0)) {
        throw new IllegalArgumentException("shares of 0 or more");
      }
      shares.put(part.substring(0, colon), share);
    }
    return new Shares(shares);
  }

  /** Rows at the quantiles (i + 1/2) / n. */
  private static double[] numbers(Shape shape, int rows) {
    var values = new double[rows];
    for (int i = 0; i < rows; i++) {
      double level = (i + 0.5) / rows;
      values[i] =
          switch (shape) {
            case Normal(double mean, double sd) ->
                NormalDistribution.of(mean, sd).inverseCumulativeProbability(level);
            case Uniform(double low, double high) -> low + (high - low) * level;
            case Shares shares -> throw new IllegalArgumentException("categories");
          };
    }
    return values;
  }

  private static Map<String, Long> counts(Shares shares, long rows) {
    double all = shares.shares().values().stream().mapToDouble(Double::doubleValue).sum();
    var counts = new HashMap<String, Long>();
    shares.shares().forEach((name, share) -> counts.put(name, Math.round(rows * share / all)));
    return counts;
  }

  /** A frozen reference of this shape. */
  default Reference reference(int rows) {
    return this instanceof Shares shares
        ? new CategoricalReference(counts(shares, rows))
        : NumericReference.of(numbers(this, rows));
  }

  /** A window in which each shape has so many rows; all of one kind. */
  static Window window(List<Shape> shapes, List<Integer> rows) {
    if (!shapes.isEmpty() && shapes.getFirst() instanceof Shares) {
      var counts = new HashMap<String, Long>();
      for (int i = 0; i < shapes.size(); i++) {
        if (shapes.get(i) instanceof Shares shares) {
          counts(shares, rows.get(i))
              .forEach((name, count) -> counts.merge(name, count, Long::sum));
        }
      }
      return new Window.Categories(counts);
    }
    var parts = new ArrayList<double[]>();
    for (int i = 0; i < shapes.size(); i++) {
      parts.add(numbers(shapes.get(i), rows.get(i)));
    }
    return new Window.Values(parts.stream().flatMapToDouble(Arrays::stream).toArray());
  }
}

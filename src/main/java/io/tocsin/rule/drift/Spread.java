package io.tocsin.rule.drift;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Both distributions spread out for people: bins, quantiles, categories. */
final class Spread {

  private static final double[] LEVELS = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  private static final double FLOOR = 1e-4;
  private static final int MOST_CATEGORIES = 20;
  private static final int MOST_FRESH = 10;

  /** Tests that look at counts per decile; the others need every fine bin to be repeated. */
  private static final Set<DriftTest> BY_DECILE =
      Set.of(
          DriftTest.PSI,
          DriftTest.JENSEN_SHANNON,
          DriftTest.KULLBACK_LEIBLER,
          DriftTest.HELLINGER,
          DriftTest.BHATTACHARYYA,
          DriftTest.TOTAL_VARIATION,
          DriftTest.L_INFINITY,
          DriftTest.CHI_SQUARE,
          DriftTest.G_TEST,
          DriftTest.CRAMERS_V);

  private Spread() {}

  static Detail of(Reference reference, Window window, DriftTest test) {
    return switch (reference) {
      case NumericReference numbers -> numbers(numbers, window, BY_DECILE.contains(test));
      case CategoricalReference categories -> categories(categories, window);
    };
  }

  private static Detail numbers(NumericReference reference, Window window, boolean deciles) {
    Reference.Aligned fine = reference.align(window);
    double[] edges = reference.edges();
    boolean[] kept = reference.isDecile();
    if (!deciles) {
      Arrays.fill(kept, true);
    }
    var shown = new ArrayList<Double>();
    var before = new ArrayList<Long>();
    var after = new ArrayList<Long>();
    long n = 0;
    long m = 0;
    for (int i = 0; i <= edges.length; i++) {
      n += fine.reference()[i];
      m += fine.current()[i];
      if (i == edges.length || kept[i]) {
        before.add(n);
        after.add(m);
        n = 0;
        m = 0;
        if (i < edges.length) {
          shown.add(edges[i]);
        }
      }
    }
    boolean exact = reference.values().length > 0 && window instanceof Window.Values;
    return new Detail(
        "numbers",
        shown,
        bins(ranges(shown), before, after),
        quantiles(reference, window, fine),
        List.of(),
        exact);
  }

  private static List<String> ranges(List<Double> edges) {
    var ranges = new ArrayList<String>();
    for (int i = 0; i <= edges.size(); i++) {
      ranges.add(
          edges.isEmpty()
              ? "all"
              : i == 0
                  ? "up to " + figure(edges.get(0))
                  : i == edges.size()
                      ? "above " + figure(edges.get(i - 1))
                      : figure(edges.get(i - 1)) + " to " + figure(edges.get(i)));
    }
    return ranges;
  }

  private static List<Detail.Bin> bins(List<String> labels, List<Long> before, List<Long> after) {
    double n = Math.max(1, before.stream().mapToLong(Long::longValue).sum());
    double m = Math.max(1, after.stream().mapToLong(Long::longValue).sum());
    var bins = new ArrayList<Detail.Bin>();
    for (int i = 0; i < labels.size(); i++) {
      double p = Math.max(FLOOR, before.get(i) / n);
      double q = Math.max(FLOOR, after.get(i) / m);
      bins.add(
          new Detail.Bin(labels.get(i), before.get(i), after.get(i), (p - q) * Math.log(p / q)));
    }
    return bins;
  }

  private static List<Detail.Quantile> quantiles(
      NumericReference reference, Window window, Reference.Aligned fine) {
    double[] edges = reference.edges();
    double[] before = reference.values();
    double[] after = window instanceof Window.Values(double[] raw) ? raw.clone() : new double[0];
    Arrays.sort(after);
    var quantiles = new ArrayList<Detail.Quantile>();
    for (double level : LEVELS) {
      quantiles.add(
          new Detail.Quantile(
              level,
              before.length > 0 ? raw(before, level) : binned(edges, fine.reference(), level),
              after.length > 0 ? raw(after, level) : binned(edges, fine.current(), level)));
    }
    return quantiles;
  }

  private static double raw(double[] sorted, double level) {
    double place = (sorted.length - 1) * level;
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  }

  /** Within the bin by its share; the open outer bins answer their edge. */
  private static double binned(double[] edges, long[] counts, double level) {
    double wanted = level * Arrays.stream(counts).sum();
    double below = 0;
    for (int i = 0; i < counts.length; i++) {
      if (below + counts[i] >= wanted && counts[i] > 0) {
        if (edges.length == 0) {
          return Double.NaN;
        }
        double low = edges[Math.max(0, i - 1)];
        double high = edges[Math.min(edges.length - 1, i)];
        return low + (high - low) * (wanted - below) / counts[i];
      }
      below += counts[i];
    }
    return Double.NaN;
  }

  private static Detail categories(CategoricalReference reference, Window window) {
    Map<String, Long> before = reference.counts();
    Map<String, Long> after =
        window instanceof Window.Categories current ? current.counts() : Map.of();
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> shown =
        names.stream()
            .sorted(
                Comparator.comparingLong(
                    name -> -Math.max(before.getOrDefault(name, 0L), after.getOrDefault(name, 0L))))
            .limit(MOST_CATEGORIES)
            .toList();
    List<Long> n = new ArrayList<>(shown.stream().map(it -> before.getOrDefault(it, 0L)).toList());
    List<Long> m = new ArrayList<>(shown.stream().map(it -> after.getOrDefault(it, 0L)).toList());
    var labels = new ArrayList<>(shown);
    if (names.size() > shown.size()) {
      labels.add("(" + (names.size() - shown.size()) + " more)");
      n.add(reference.rows() - n.stream().mapToLong(Long::longValue).sum());
      m.add(window.rows() - m.stream().mapToLong(Long::longValue).sum());
    }
    List<String> fresh =
        after.keySet().stream()
            .filter(name -> before.getOrDefault(name, 0L) == 0)
            .sorted(Comparator.comparingLong(name -> -after.getOrDefault(name, 0L)))
            .limit(MOST_FRESH)
            .toList();
    return new Detail("categories", List.of(), bins(labels, n, m), List.of(), fresh, true);
  }

  /** The difference in words: how far the mean went, or the category that moved most. */
  static String words(ModelHistory.Sides sides) {
    ModelHistory.Stretch before = sides.before();
    ModelHistory.Stretch now = sides.now();
    if (before.mean().isPresent() && now.mean().isPresent() && before.sd().isPresent()) {
      return mean(before.mean().getAsDouble(), now.mean().getAsDouble(), before.sd().getAsDouble());
    }
    if (sides.reference() instanceof CategoricalReference reference
        && sides.window() instanceof Window.Categories window) {
      return mostMoved(reference, window);
    }
    return "";
  }

  private static String mean(double before, double now, double sd) {
    if (!(sd > 0)) {
      return "mean from " + figure(before) + " to " + figure(now);
    }
    double moved = (now - before) / sd;
    return "mean %s %s sd, from %s to %s"
        .formatted(
            moved < 0 ? "down" : "up",
            String.format(Locale.ROOT, "%.2f", Math.abs(moved)),
            figure(before),
            figure(now));
  }

  private static String mostMoved(CategoricalReference reference, Window.Categories window) {
    var names = new TreeSet<>(reference.counts().keySet());
    names.addAll(window.counts().keySet());
    double n = Math.max(1, reference.rows());
    double m = Math.max(1, window.rows());
    String most = "";
    double largest = -1;
    for (String name : names) {
      double gap =
          Math.abs(
              reference.counts().getOrDefault(name, 0L) / n
                  - window.counts().getOrDefault(name, 0L) / m);
      if (gap > largest) {
        largest = gap;
        most = name;
      }
    }
    return most.isEmpty()
        ? ""
        : "share of \"%s\" from %s to %s"
            .formatted(
                most,
                percent(reference.counts().getOrDefault(most, 0L) / n),
                percent(window.counts().getOrDefault(most, 0L) / m));
  }

  /** Four significant digits. */
  static String figure(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e7) {
      int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
      String text = String.format(Locale.ROOT, "%." + Math.min(digits, 6) + "f", value);
      return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
    return String.format(Locale.ROOT, "%.3g", value);
  }

  static String percent(double share) {
    return figure(share * 100) + " %";
  }
}

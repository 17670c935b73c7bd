package io.tocsin.drift;

import io.tocsin.drift.measure.BinRule;
import io.tocsin.drift.measure.Histogram;
import io.tocsin.drift.measure.Pooled;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two distributions as shares per bin, in the way the options ask for.
 *
 * @param reference shares of the reference
 * @param current shares of the current window
 */
record Shares(double[] reference, double[] current) {

  /** What a zero share becomes. */
  private enum Zeros {
    /** It stays. */
    NONE,
    /** Every share is at least the floor. */
    FLOOR,
    /** Zero becomes the floor, other shares stay. */
    REPLACE,
    /** Zero becomes 1e-4, or a millionth of the smallest share where that is at most 1e-4. */
    EVIDENTLY
  }

  static final Parameter BINS =
      Parameter.choice(
          "bins",
          List.of(
              "deciles",
              "quantiles",
              "distinct",
              "equal_width",
              "sturges",
              "doane",
              "scott",
              "fd",
              "rice",
              "sqrt",
              "auto",
              "auto_classic",
              "interpolated"),
          "deciles",
          "How numbers are put in bins: deciles of the reference; distinct values; equal widths; a"
              + " rule of numpy.histogram_bin_edges; or intervals of two interpolated histograms.");
  static final Parameter BIN_COUNT =
      Parameter.whole("bin_count", 1, 10_000, 10, "Bins of quantiles and of equal width.");
  static final Parameter BINS_OVER =
      Parameter.choice(
          "bins_over",
          List.of("reference", "both", "distinct"),
          "reference",
          "Which values decide the edges: the reference's, both sides', or both sides' distinct.");
  static final Parameter OUTSIDE =
      Parameter.choice(
          "outside",
          List.of("drop", "leftover"),
          "leftover",
          "Current values outside all edges are dropped or fill one bin of their own.");
  static final Parameter WHOLE =
      Parameter.flag(
          "whole", false, "Values are whole numbers: no rule makes a bin narrower than 1.");
  static final Parameter RARE =
      Parameter.real(
          "rare", 0, 1, 0, "Categories with less than this share of the reference become one.");
  static final Parameter ZEROS =
      Parameter.choice("zeros", Zeros.FLOOR, "What a zero share becomes.");
  static final Parameter FLOOR =
      Parameter.real("floor", 0, 0.5, 1e-4, "The share that zeros take.");

  private static Shares of(long[] reference, long[] current, long n, long m) {
    return new Shares(
        Arrays.stream(reference).mapToDouble(count -> (double) count / n).toArray(),
        Arrays.stream(current).mapToDouble(count -> (double) count / m).toArray());
  }

  /**
   * The shares of a comparison; bins empty on both sides are left out, except by Evidently's rule.
   *
   * @throws IllegalArgumentException when the bins asked for need raw numbers and there are none
   */
  static Shares of(Comparison comparison) {
    Options options = comparison.options();
    Zeros zeros = options.choice("zeros", Zeros.class);
    Shares shares = raw(comparison);
    // Evidently fills bins that are empty on both sides, too, before it normalises.
    return (zeros == Zeros.EVIDENTLY ? shares : shares.occupied())
        .zeros(zeros, options.real("floor"));
  }

  private static Shares raw(Comparison comparison) {
    Options options = comparison.options();
    String bins = options.text("bins");
    int rows = comparison.guard().rowsPerBin();
    return switch (comparison.reference()) {
      case CategoricalReference categories -> {
        Reference.Aligned counts = Merging.pool(categories.align(comparison.window()), rows);
        yield of(counts.reference(), counts.current(), comparison.n(), comparison.m())
            .rare(options.real("rare"));
      }
      case NumericReference numeric -> {
        if (bins.equals("deciles")) {
          Reference.Aligned fine = numeric.align(comparison.window());
          Reference.Aligned counts = Merging.neighbours(numeric.deciles(fine), rows);
          yield of(counts.reference(), counts.current(), comparison.n(), comparison.m());
        }
        Comparison.Raw raw =
            comparison
                .raw()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "bins \"%s\" need the raw values of both sides".formatted(bins)));
        yield histogram(raw, bins, options);
      }
    };
  }

  private static Shares histogram(Comparison.Raw raw, String bins, Options options) {
    Pooled pooled = Pooled.of(raw.reference(), raw.current());
    if (bins.equals("distinct")) {
      return of(pooled.first(), pooled.second(), pooled.n(), pooled.m()).rare(options.real("rare"));
    }
    int count = options.whole("bin_count");
    if (bins.equals("interpolated")) {
      return interpolated(raw, pooled, count);
    }
    double[] over =
        switch (options.text("bins_over")) {
          case "both" -> joined(raw);
          case "distinct" -> pooled.values();
          default -> raw.reference();
        };
    double[] edges =
        switch (bins) {
          case "quantiles" -> quantiles(over, count);
          case "equal_width" -> BinRule.equalWidth(sorted(over), count);
          default ->
              BinRule.valueOf(bins.toUpperCase(Locale.ROOT))
                  .edges(over, options.flag("whole") ? 1 : 0);
        };
    return counted(raw, edges, options.text("outside").equals("leftover"));
  }

  private static Shares counted(Comparison.Raw raw, double[] edges, boolean leftover) {
    double[] p = Histogram.count(edges, raw.reference());
    double[] q = Histogram.count(edges, raw.current());
    double outside = raw.reference().length - Arrays.stream(p).sum();
    double outsideToo = raw.current().length - Arrays.stream(q).sum();
    if (leftover && outside + outsideToo > 0) {
      p = Arrays.copyOf(p, p.length + 1);
      q = Arrays.copyOf(q, q.length + 1);
      p[p.length - 1] = outside;
      q[q.length - 1] = outsideToo;
    }
    return new Shares(over(p, raw.reference().length), over(q, raw.current().length));
  }

  private static Shares interpolated(Comparison.Raw raw, Pooled pooled, int places) {
    double[] before = BinRule.AUTO_CLASSIC.edges(raw.reference());
    double[] after = BinRule.AUTO_CLASSIC.edges(raw.current());
    double[] at = BinRule.equalWidth(pooled.values(), Math.max(1, places - 1));
    return new Shares(
        Histogram.shares(before, Histogram.count(before, raw.reference()), at),
        Histogram.shares(after, Histogram.count(after, raw.current()), at));
  }

  /** Edges at the quantiles, open at both ends. */
  private static double[] quantiles(double[] values, int count) {
    double[] sorted = sorted(values);
    var inner = new double[Math.max(0, count - 1)];
    Arrays.setAll(inner, i -> Quantiles.linear(sorted, (double) (i + 1) / count));
    double[] distinct = Arrays.stream(inner).distinct().toArray();
    var edges = new double[distinct.length + 2];
    edges[0] = Double.NEGATIVE_INFINITY;
    System.arraycopy(distinct, 0, edges, 1, distinct.length);
    edges[edges.length - 1] = Double.POSITIVE_INFINITY;
    // (low, high] as everywhere: the next double above an edge starts the next bin.
    for (int i = 1; i <= distinct.length; i++) {
      edges[i] = Math.nextUp(edges[i]);
    }
    return edges;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double[] joined(Comparison.Raw raw) {
    double[] all = Arrays.copyOf(raw.reference(), raw.reference().length + raw.current().length);
    System.arraycopy(raw.current(), 0, all, raw.reference().length, raw.current().length);
    return all;
  }

  private static double[] over(double[] counts, int rows) {
    return Arrays.stream(counts).map(count -> count / rows).toArray();
  }

  private Shares occupied() {
    boolean[] kept = new boolean[reference.length];
    int size = 0;
    for (int i = 0; i < kept.length; i++) {
      kept[i] = reference[i] != 0 || current[i] != 0;
      size += kept[i] ? 1 : 0;
    }
    var p = new double[size];
    var q = new double[size];
    int into = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        p[into] = reference[i];
        q[into++] = current[i];
      }
    }
    return new Shares(p, q);
  }

  /** Bins rare in the reference as one bin; left out while that is rare itself on both sides. */
  private Shares rare(double share) {
    if (share == 0) {
      return this;
    }
    var p = new double[reference.length + 1];
    var q = new double[p.length];
    int kept = 0;
    double other = 0;
    double otherToo = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] < share) {
        other += reference[i];
        otherToo += current[i];
      } else {
        p[kept] = reference[i];
        q[kept++] = current[i];
      }
    }
    if (other > share || otherToo > share) {
      p[kept] = other;
      q[kept++] = otherToo;
    }
    return new Shares(Arrays.copyOf(p, kept), Arrays.copyOf(q, kept));
  }

  private Shares zeros(Zeros zeros, double floor) {
    return switch (zeros) {
      case NONE -> this;
      case FLOOR -> new Shares(atLeast(reference, floor), atLeast(current, floor));
      case REPLACE -> new Shares(replaced(reference, floor), replaced(current, floor));
      case EVIDENTLY ->
          new Shares(
              replaced(reference, millionth(reference)), replaced(current, millionth(current)));
    };
  }

  private static double[] atLeast(double[] shares, double floor) {
    return Arrays.stream(shares).map(share -> Math.max(share, floor)).toArray();
  }

  private static double[] replaced(double[] shares, double floor) {
    return Arrays.stream(shares).map(share -> share == 0 ? floor : share).toArray();
  }

  private static double millionth(double[] shares) {
    double least = Arrays.stream(shares).filter(share -> share > 0).min().orElse(1);
    return least <= 1e-4 ? least / 1e6 : 1e-4;
  }
}

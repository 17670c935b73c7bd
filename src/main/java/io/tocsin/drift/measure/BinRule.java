package io.tocsin.drift.measure;

import java.util.Arrays;

/**
 * How many equal-width bins fit some values.
 *
 * @see <a
 *     href="https://numpy.org/doc/stable/reference/generated/numpy.histogram_bin_edges.html">numpy.histogram_bin_edges</a>
 */
public enum BinRule {
  /** Width = range / (log2 n + 1). H. Sturges, JASA 21, 1926. */
  STURGES {
    @Override
    double width(double[] sorted) {
      return range(sorted) / (log2(sorted.length) + 1);
    }
  },
  /** Sturges corrected for skewness. D. Doane, The American Statistician 30, 1976. */
  DOANE {
    @Override
    double width(double[] sorted) {
      double n = sorted.length;
      if (n < 3) {
        return 0;
      }
      Moments moments = Moments.of(sorted);
      double sd = moments.populationSd();
      if (!(sd > 0)) {
        return 0;
      }
      double cubes = 0;
      for (double value : sorted) {
        double gap = (value - moments.mean()) / sd;
        cubes += gap * gap * gap;
      }
      double scatter = Math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
      return range(sorted) / (1 + log2(n) + log2(1 + Math.abs(cubes / n) / scatter));
    }
  },
  /** Width = 3.49 sd / n^(1/3), as (24 sqrt(pi) / n)^(1/3) sd. D. Scott, Biometrika 66, 1979. */
  SCOTT {
    @Override
    double width(double[] sorted) {
      return Math.cbrt(24 * Math.sqrt(Math.PI) / sorted.length) * Moments.of(sorted).populationSd();
    }
  },
  /** Width = 2 IQR / n^(1/3). D. Freedman and P. Diaconis, 1981. */
  FD {
    @Override
    double width(double[] sorted) {
      return 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / Math.cbrt(sorted.length);
    }
  },
  /** Width = range / (2 n^(1/3)). */
  RICE {
    @Override
    double width(double[] sorted) {
      return range(sorted) / (2 * Math.cbrt(sorted.length));
    }
  },
  /** Width = range / sqrt(n). */
  SQRT {
    @Override
    double width(double[] sorted) {
      return range(sorted) / Math.sqrt(sorted.length);
    }
  },
  /** The narrower of Sturges and Freedman-Diaconis, at least half of the square-root rule's. */
  AUTO {
    @Override
    double width(double[] sorted) {
      return Math.min(Math.max(FD.width(sorted), SQRT.width(sorted) / 2), STURGES.width(sorted));
    }
  },
  /** The narrower of Freedman-Diaconis, unless 0, and Sturges: "auto" before NumPy 2. */
  AUTO_CLASSIC {
    @Override
    double width(double[] sorted) {
      double sturges = STURGES.width(sorted);
      double fd = FD.width(sorted);
      return fd == 0 ? sturges : Math.min(fd, sturges);
    }
  };

  /** More bins than anybody can read, and a bound on memory. */
  static final int MOST_BINS = 100_000;

  abstract double width(double[] sorted);

  /** Edges of the bins over the values' range, in any order; one more than there are bins. */
  public double[] edges(double[] values) {
    return edges(values, 0);
  }

  /**
   * Edges of bins that are not narrower than a least width, which NumPy 2 takes as 1 for whole
   * numbers.
   */
  public double[] edges(double[] values, double leastWidth) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double wanted = sorted.length == 0 ? 0 : width(sorted);
    double width = wanted > 0 ? Math.max(wanted, leastWidth) : 0;
    double bins = width > 0 ? Math.ceil(outer(sorted) / width) : 1;
    return equalWidth(sorted, (int) Math.clamp(bins, 1.0, MOST_BINS));
  }

  private static double outer(double[] sorted) {
    return range(sorted) == 0 ? 1 : range(sorted);
  }

  /** Edges of this many equal bins over the range of sorted values; [0, 1] without values. */
  public static double[] equalWidth(double[] sorted, int bins) {
    double low = sorted.length == 0 ? 0 : sorted[0];
    double high = sorted.length == 0 ? 1 : sorted[sorted.length - 1];
    if (low == high && sorted.length > 0) {
      low -= 0.5;
      high += 0.5;
    }
    var edges = new double[bins + 1];
    double step = (high - low) / bins;
    for (int i = 0; i <= bins; i++) {
      edges[i] = i * step + low;
    }
    edges[bins] = high;
    return edges;
  }

  private static double range(double[] sorted) {
    return sorted[sorted.length - 1] - sorted[0];
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static double quantile(double[] sorted, double level) {
    double position = (sorted.length - 1) * level;
    int below = (int) Math.floor(position);
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    double weight = position - below;
    return weight < 0.5 ? low + (high - low) * weight : high - (high - low) * (1 - weight);
  }
}

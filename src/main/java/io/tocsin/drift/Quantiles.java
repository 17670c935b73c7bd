package io.tocsin.drift;

/**
 * Quantiles by linear interpolation between order statistics.
 *
 * @see <a
 *     href="https://numpy.org/doc/stable/reference/generated/numpy.quantile.html">numpy.quantile,
 *     method "linear"</a>
 */
final class Quantiles {

  private Quantiles() {}

  /** The quantile at a level of [0, 1] of sorted, finite, non-empty values. */
  static double linear(double[] sorted, double level) {
    double position = (sorted.length - 1) * level;
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    double weight = position - below;
    double low = sorted[below];
    double high = sorted[above];
    double gap = high - low;
    if (Double.isInfinite(gap)) {
      return low * (1 - weight) + high * weight;
    }
    // NumPy walks from the nearer end, so that equal neighbours and weight 1 come out exact.
    return weight < 0.5 ? low + gap * weight : high - gap * (1 - weight);
  }
}

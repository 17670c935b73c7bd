package io.tocsin.drift.measure;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Fisher's exact test of a 2x2 table, rows being reference and current: two-sided by summing every
 * table that is at most as likely as the one found (within 1e-14). The statistic is the sample odds
 * ratio, the effect the difference of the shares.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.fisher_exact.html">scipy.stats.fisher_exact</a>
 */
public final class FisherExact {

  private static final double TOLERANCE = 1 + 1e-14;

  private FisherExact() {}

  /**
   * Tests hits and misses of the reference against hits and misses of the current sample.
   *
   * @throws IllegalArgumentException beyond two thousand million rows
   */
  public static Tested test(long hits, long misses, long hits2, long misses2, Alternative side) {
    long rows = hits + misses + hits2 + misses2;
    if (rows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Fisher's exact test takes at most 2^31 rows");
    }
    double odds = (double) (hits * misses2) / (double) (misses * hits2);
    double effect = Math.abs((double) hits / (hits + misses) - (double) hits2 / (hits2 + misses2));
    boolean empty =
        hits + misses == 0 || hits2 + misses2 == 0 || hits + hits2 == 0 || misses + misses2 == 0;
    if (empty) {
      return new Tested(Double.NaN, 1, Double.isNaN(effect) ? 0 : effect);
    }
    var table =
        HypergeometricDistribution.of((int) rows, (int) (hits + misses), (int) (hits + hits2));
    double p =
        switch (side) {
          case LESS -> table.cumulativeProbability((int) hits);
          case GREATER -> table.survivalProbability((int) hits - 1);
          case TWO_SIDED -> twoSided(table, (int) hits);
        };
    return new Tested(odds, Math.min(1, p), effect);
  }

  /**
   * The likely tables lie between two counts; both tails outside are found by bisection, since the
   * probability falls on either side of the mode.
   */
  private static double twoSided(HypergeometricDistribution table, int found) {
    double bound = table.probability(found) * TOLERANCE;
    int least = table.getSupportLowerBound();
    int most = table.getSupportUpperBound();
    int mode = mode(table, least, most);
    int low = lastBelow(table, least, mode, bound);
    int high = firstAbove(table, mode, most, bound);
    double below = low < least ? 0 : table.cumulativeProbability(low);
    double above = high > most ? 0 : table.survivalProbability(high - 1);
    return low >= high ? 1 : below + above;
  }

  private static int mode(HypergeometricDistribution table, int least, int most) {
    double size = table.getPopulationSize();
    double mode =
        Math.floor(
            (table.getSampleSize() + 1.0) * (table.getNumberOfSuccesses() + 1.0) / (size + 2));
    return (int) Math.clamp(mode, (double) least, (double) most);
  }

  /** The last count left of the mode that is at most as likely as the bound; least - 1 if none. */
  private static int lastBelow(
      HypergeometricDistribution table, int least, int mode, double bound) {
    int low = least - 1;
    int high = mode + 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (table.probability(middle) <= bound) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int firstAbove(
      HypergeometricDistribution table, int mode, int most, double bound) {
    int low = mode - 1;
    int high = most + 1;
    while (high - low > 1) {
      int middle = low + (high - low) / 2;
      if (table.probability(middle) <= bound) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}

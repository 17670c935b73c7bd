package io.tocsin.bench;

import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Window;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How often nothing is called drift, and how soon something is: 100 features, 30 days of hourly
 * windows. An incident opens when some feature reaches its critical effect above the noise floor in
 * two windows in a row; below the minimum of 200 rows a window is no verdict. Arguments: months
 * simulated per size (default 2).
 */
public final class DriftFalseAlarmBench {

  private static final int FEATURES = 100;
  private static final int WINDOWS = 30 * 24;
  private static final int REFERENCE_ROWS = 10_000;
  private static final int[] SIZES = {50, 100, 200, 500, 1000, 10_000, 100_000};

  private DriftFalseAlarmBench() {}

  public static void main(String[] arguments) {
    int months = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    System.out.printf(
        "No drift: %d features, %d hourly windows, reference of %,d rows, %d months a size%n"
            + "| rows | guarded PSI: incidents a month | windows without a verdict |"
            + " the same from 40 rows on | plain PSI > 0.1: windows alarmed a month |%n"
            + "|---|---|---|---|---|%n",
        FEATURES, WINDOWS, REFERENCE_ROWS, months);
    for (int rows : SIZES) {
      Month month = new Month(0, 0, 0);
      Month small = new Month(0, 0, 0);
      for (int i = 0; i < months; i++) {
        long seed = 100L * rows + i;
        month = month.plus(quiet(rows, WINDOWS, FEATURES, Guard.STANDARD, seed));
        small = small.plus(quiet(rows, WINDOWS, FEATURES, Guard.forMinimum(40), seed));
      }
      System.out.printf(
          Locale.ROOT,
          "| %,d | %.2f | %.0f %% | %.2f | %.0f |%n",
          rows,
          (double) month.incidents() / months,
          100.0 * month.without() / months / WINDOWS / FEATURES,
          (double) small.incidents() / months,
          (double) month.plain() / months);
    }
    System.out.printf(
        "A shift of half a standard deviation in one feature of %d at 1,000 rows an hour: found"
            + " after %d windows at the latest of 200 runs%n",
        FEATURES, slowest(1000, 200));
  }

  /**
   * What one month said.
   *
   * @param incidents times that some feature drifted in two windows in a row, after two without
   * @param without feature windows without a verdict
   * @param plain feature windows in which the plain index alone passed 0.1
   */
  record Month(int incidents, long without, int plain) {
    Month plus(Month other) {
      return new Month(incidents + other.incidents, without + other.without, plain + other.plain);
    }
  }

  /** A month without drift; windows are drawn as counts in the reference's bins. */
  static Month quiet(int rows, int windows, int features, Guard guard, long seed) {
    var random = new SplittableRandom(seed);
    int incidents = 0;
    int plain = 0;
    long without = 0;
    var references = new NumericReference[features];
    var cumulative = new double[features][];
    for (int f = 0; f < features; f++) {
      NumericReference raw = NumericReference.of(normal(random, REFERENCE_ROWS, 0));
      references[f] = raw.binsOnly();
      cumulative[f] = trueShares(raw.edges());
    }
    var before = new boolean[features];
    boolean open = false;
    for (int w = 0; w < windows; w++) {
      boolean confirmed = false;
      for (int f = 0; f < features; f++) {
        Window window = new Window.BinCounts(counts(random, cumulative[f], rows));
        var guarded = DriftTest.PSI.compare(references[f], window, guard);
        boolean drift =
            guarded instanceof DriftScore score && score.reaches(DriftTest.PSI.critical());
        without += guarded instanceof DriftScore ? 0 : 1;
        var bare = (DriftScore) DriftTest.PSI.compare(references[f], window, Guard.OFF);
        plain += bare.statistic() > 0.1 ? 1 : 0;
        confirmed |= drift && before[f];
        before[f] = drift;
      }
      incidents += confirmed && !open ? 1 : 0;
      open = confirmed;
    }
    return new Month(incidents, without, plain);
  }

  /** Windows until the guarded index has confirmed a shift of half a deviation, at worst. */
  static int slowest(int rows, int runs) {
    var random = new SplittableRandom(42);
    int worst = 0;
    for (int run = 0; run < runs; run++) {
      NumericReference reference =
          NumericReference.of(normal(random, REFERENCE_ROWS, 0)).binsOnly();
      int inARow = 0;
      int windows = 0;
      while (inARow < 2 && windows < 100) {
        windows++;
        Window window = new Window.BinCounts(reference.count(normal(random, rows, 0.5)));
        boolean drift =
            DriftTest.PSI.compare(reference, window, Guard.STANDARD) instanceof DriftScore score
                && score.reaches(DriftTest.PSI.warning());
        inARow = drift ? inARow + 1 : 0;
      }
      worst = Math.max(worst, windows);
    }
    return worst;
  }

  private static double[] normal(RandomGenerator random, int rows, double shift) {
    var values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = random.nextGaussian() + shift;
    }
    return values;
  }

  /** Cumulative shares of a standard normal at the edges, 1 last. */
  private static double[] trueShares(double[] edges) {
    var shares = new double[edges.length + 1];
    var normal = NormalDistribution.of(0, 1);
    for (int i = 0; i < edges.length; i++) {
      shares[i] = normal.cumulativeProbability(edges[i]);
    }
    shares[edges.length] = 1;
    return shares;
  }

  /** Multinomial counts: binomials of what is left, normal where they are large. */
  private static long[] counts(RandomGenerator random, double[] cumulative, int rows) {
    var counts = new long[cumulative.length];
    long left = rows;
    double below = 0;
    for (int i = 0; i < counts.length && left > 0; i++) {
      double share = Math.min(1, (cumulative[i] - below) / (1 - below));
      counts[i] = i == counts.length - 1 ? left : binomial(random, left, share);
      left -= counts[i];
      below = cumulative[i];
    }
    return counts;
  }

  private static long binomial(RandomGenerator random, long n, double p) {
    double mean = n * p;
    if (mean > 30 && n * (1 - p) > 30) {
      double drawn = Math.rint(mean + random.nextGaussian() * Math.sqrt(mean * (1 - p)));
      return (long) Math.clamp(drawn, 0.0, (double) n);
    }
    long hits = 0;
    if (p > 0.5) {
      return n - binomial(random, n, 1 - p);
    }
    // Waiting times between hits are geometric.
    for (double place = 0; ; hits++) {
      place += Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-p)) + 1;
      if (place > n || p == 0) {
        return hits;
      }
    }
  }
}

package io.tocsin.bench;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Window;
import java.util.SplittableRandom;

/**
 * How fast a wide table is compared with a frozen reference on one thread: every value is counted
 * in its feature's bins, then each feature is compared. Arguments: features (default 1000), rows
 * (default 1,000,000).
 */
public final class DriftSpeedBench {

  private static final int REFERENCE_ROWS = 10_000;
  private static final int BATCH = 10_000;

  private DriftSpeedBench() {}

  public static void main(String[] arguments) {
    int features = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    run(20, 200_000);
    Speed speed = run(features, rows);
    System.out.printf(
        "%,d features x %,d rows on one thread: counting %.2f s (%.1f ns a value), PSI of all"
            + " features %.3f s; %d features drifted%n",
        features,
        rows,
        speed.counting(),
        speed.counting() * 1e9 / features / rows,
        speed.comparing(),
        speed.drifted());
  }

  /**
   * Seconds.
   *
   * @param drifted features called drifted; the values have none
   */
  record Speed(double counting, double comparing, int drifted) {}

  static Speed run(int features, int rows) {
    var random = new SplittableRandom(1);
    var references = new NumericReference[features];
    var counts = new long[features][];
    for (int f = 0; f < features; f++) {
      references[f] = NumericReference.of(values(random, REFERENCE_ROWS)).binsOnly();
      counts[f] = new long[references[f].bins()];
    }
    // One column of values is used for every feature: making them is not what is measured.
    double[] column = values(random, BATCH);
    long counting = System.nanoTime();
    for (int from = 0; from < rows; from += BATCH) {
      int batch = Math.min(BATCH, rows - from);
      for (int f = 0; f < features; f++) {
        references[f].countInto(column, batch, counts[f]);
      }
    }
    counting = System.nanoTime() - counting;
    long comparing = System.nanoTime();
    int drifted = 0;
    for (int f = 0; f < features; f++) {
      DriftResult result =
          DriftTest.PSI.compare(references[f], new Window.BinCounts(counts[f]), Guard.STANDARD);
      drifted += result instanceof DriftScore score && score.reaches(0.1) ? 1 : 0;
    }
    comparing = System.nanoTime() - comparing;
    return new Speed(counting / 1e9, comparing / 1e9, drifted);
  }

  private static double[] values(SplittableRandom random, int rows) {
    var values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }
}

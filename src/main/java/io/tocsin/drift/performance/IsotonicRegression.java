package io.tocsin.drift.performance;

import java.util.Arrays;

/**
 * The rising step curve closest to outcomes over scores, by pooling adjacent violators; between two
 * known scores it is linear, outside it is flat.
 *
 * <p>Source: R. Barlow and others, Statistical Inference under Order Restrictions, 1972.
 */
public final class IsotonicRegression {

  private final double[] scores;
  private final double[] values;

  private IsotonicRegression(double[] scores, double[] values) {
    this.scores = scores;
    this.values = values;
  }

  /**
   * Fits outcomes (1 happened, 0 not) to scores.
   *
   * @throws IllegalArgumentException without rows
   */
  public static IsotonicRegression fit(double[] score, boolean[] outcome) {
    if (score.length == 0 || score.length != outcome.length) {
      throw new IllegalArgumentException(
          "%d scores and %d outcomes; both need the same rows, at least one"
              .formatted(score.length, outcome.length));
    }
    Integer[] order = Calibration.ascending(score);
    var places = new double[score.length];
    var sums = new double[score.length];
    var weights = new double[score.length];
    int distinct = -1;
    for (int row : order) {
      if (distinct < 0 || places[distinct] != score[row]) {
        places[++distinct] = score[row];
      }
      sums[distinct] += outcome[row] ? 1 : 0;
      weights[distinct]++;
    }
    return pool(places, sums, weights, distinct + 1);
  }

  private static IsotonicRegression pool(
      double[] places, double[] sums, double[] weights, int size) {
    var blockSum = new double[size];
    var blockWeight = new double[size];
    var blockRows = new int[size];
    int blocks = 0;
    for (int i = 0; i < size; i++) {
      blockSum[blocks] = sums[i];
      blockWeight[blocks] = weights[i];
      blockRows[blocks++] = 1;
      while (blocks > 1
          && blockSum[blocks - 2] * blockWeight[blocks - 1]
              >= blockSum[blocks - 1] * blockWeight[blocks - 2]) {
        blockSum[blocks - 2] += blockSum[blocks - 1];
        blockWeight[blocks - 2] += blockWeight[blocks - 1];
        blockRows[blocks - 2] += blockRows[--blocks];
      }
    }
    var values = new double[size];
    int into = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(values, into, into + blockRows[block], blockSum[block] / blockWeight[block]);
      into += blockRows[block];
    }
    return new IsotonicRegression(Arrays.copyOf(places, size), values);
  }

  /** The calibrated probability of a score. */
  public double apply(double score) {
    int found = Arrays.binarySearch(scores, score);
    if (found >= 0) {
      return values[found];
    }
    int above = -found - 1;
    if (above == 0) {
      return values[0];
    }
    if (above == scores.length) {
      return values[scores.length - 1];
    }
    double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
    return values[above - 1] + share * (values[above] - values[above - 1]);
  }
}

package io.tocsin.drift.performance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Whether probabilities mean what they say: bins of predicted probability with what happened.
 *
 * @param error expected calibration error: mean |mean probability - share that happened| over bins,
 *     weighted by rows
 * @param worst the largest such gap of any bin
 * @param bins those that hold rows
 */
public record Calibration(double error, double worst, List<Bin> bins) {

  /**
   * One bin.
   *
   * @param rows rows in it
   * @param predicted mean probability
   * @param happened share that happened
   */
  public record Bin(long rows, double predicted, double happened) {
    double gap() {
      return Math.abs(predicted - happened);
    }
  }

  /**
   * Bins of equal width over [0, 1].
   *
   * <p>Source: M. Naeini, G. Cooper and M. Hauskrecht, Obtaining well calibrated probabilities
   * using Bayesian binning, AAAI 2015.
   */
  public static Calibration equalWidth(boolean[] actual, double[] probability, int bins) {
    var edges = new int[actual.length];
    Arrays.setAll(edges, i -> Math.min(bins - 1, (int) (probability[i] * bins)));
    return of(actual, probability, edges, bins);
  }

  /** Bins of equally many rows, by rising probability. */
  public static Calibration equalCount(boolean[] actual, double[] probability, int bins) {
    Integer[] order = ascending(probability);
    var place = new int[actual.length];
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = (int) ((long) i * bins / order.length);
    }
    return of(actual, probability, place, bins);
  }

  private static Calibration of(boolean[] actual, double[] probability, int[] place, int bins) {
    var rows = new long[bins];
    var predicted = new double[bins];
    var happened = new double[bins];
    for (int i = 0; i < actual.length; i++) {
      rows[place[i]]++;
      predicted[place[i]] += probability[i];
      happened[place[i]] += actual[i] ? 1 : 0;
    }
    var filled = new ArrayList<Bin>();
    double error = 0;
    double worst = 0;
    for (int i = 0; i < bins; i++) {
      if (rows[i] > 0) {
        var bin = new Bin(rows[i], predicted[i] / rows[i], happened[i] / rows[i]);
        filled.add(bin);
        error += bin.gap() * rows[i] / actual.length;
        worst = Math.max(worst, bin.gap());
      }
    }
    return new Calibration(error, worst, List.copyOf(filled));
  }

  static Integer[] ascending(double[] values) {
    var order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return order;
  }
}

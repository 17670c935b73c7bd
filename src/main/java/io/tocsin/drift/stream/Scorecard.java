package io.tocsin.drift.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How good alarms are when the true drifts are known. An alarm within [start - early, end + late]
 * of a drift is a hit, of the first such drift; any other is false. What is not defined is NaN.
 *
 * <p>Source: the measures of River's drift.evaluate and of A. Bifet, Classifier concept drift
 * detection and the illusion of progress, ICAISC 2017.
 *
 * @param hits alarms inside some drift's window
 * @param falseAlarms the others, in order
 * @param found drifts with at least one hit
 * @param drifts all drifts
 * @param precision share of alarms that hit
 * @param episodeRecall share of drifts found
 * @param recall hits over hits and missed drifts
 * @param f1 harmonic mean of precision and episode recall
 * @param delay mean distance of the first hit from the drift's start, over drifts found
 * @param normalisedDelay delay over the latest that still counts
 * @param betweenFalseAlarms mean gap between consecutive false alarms
 * @param meanTimeRatio gap between false alarms over delay, times the share of drifts found
 */
public record Scorecard(
    int hits,
    List<Integer> falseAlarms,
    int found,
    int drifts,
    double precision,
    double episodeRecall,
    double recall,
    double f1,
    double delay,
    double normalisedDelay,
    double betweenFalseAlarms,
    double meanTimeRatio) {

  /**
   * A true drift.
   *
   * @param start index of the first changed value
   * @param end index from which the change is complete
   */
  public record Drift(int start, int end) {
    /** An abrupt one. */
    public static Drift at(int index) {
      return new Drift(index, index);
    }
  }

  /**
   * Scores alarms.
   *
   * @param drifts in order
   * @param late how late an alarm may be, at least 1
   * @param early how early
   */
  public static Scorecard of(List<Integer> alarms, List<Drift> drifts, int late, int early) {
    var first = new int[drifts.size()];
    Arrays.fill(first, -1);
    var wrong = new ArrayList<Integer>();
    int hits = 0;
    for (int alarm : alarms) {
      int drift = drift(alarm, drifts, late, early);
      if (drift < 0) {
        wrong.add(alarm);
        continue;
      }
      hits++;
      first[drift] = first[drift] < 0 ? alarm : Math.min(first[drift], alarm);
    }
    int found = 0;
    double delays = 0;
    for (int i = 0; i < first.length; i++) {
      if (first[i] >= 0) {
        found++;
        delays += first[i] - drifts.get(i).start();
      }
    }
    double precision = ratio(hits, alarms.size());
    double episodes = ratio(found, drifts.size());
    double delay = ratio(delays, found);
    double between =
        wrong.size() < 2
            ? Double.NaN
            : (double) (wrong.getLast() - wrong.getFirst()) / (wrong.size() - 1);
    return new Scorecard(
        hits,
        List.copyOf(wrong),
        found,
        drifts.size(),
        precision,
        episodes,
        ratio(hits, hits + drifts.size() - found),
        precision + episodes == 0 ? 0 : 2 * precision * episodes / (precision + episodes),
        delay,
        delay / late,
        between,
        between / delay * episodes);
  }

  private static int drift(int alarm, List<Drift> drifts, int late, int early) {
    for (int i = 0; i < drifts.size(); i++) {
      Drift drift = drifts.get(i);
      if (alarm >= drift.start() - early && alarm <= drift.end() + late) {
        return i;
      }
    }
    return -1;
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? Double.NaN : part / whole;
  }
}

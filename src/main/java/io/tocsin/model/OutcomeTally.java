package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Predictions of one slice, by when they were made, and how those judged so far turned out. */
final class OutcomeTally implements Slices.Tally<OutcomeTally> {

  static final int CONFIDENCES = 20;
  static final int SCORES = 100;

  /** Keeps the logarithm of a certain but wrong score finite, as scikit-learn's clipping does. */
  private static final double CLIP = 1e-15;

  long predictions;
  long joinable;
  long judged;
  long right;
  double delayMillis;

  long numbers;
  double errors;
  double absolute;
  double squared;
  double actuals;
  double actualSquares;

  /** Rows by (code of the truth, code of the answer), see {@link #key}. */
  final Map<Integer, Long> confusion = new HashMap<>();

  long[] confidenceRows = {};
  long[] confidenceRight = {};
  double[] confidenceSums = {};

  long[] positives = {};
  long[] negatives = {};
  double brier;
  double logLoss;

  static int key(int actual, int answer) {
    return actual << 16 | answer;
  }

  /** A numeric answer; the truth is given as its distance from the judgement's pivot. */
  void number(double error, double actual) {
    numbers++;
    errors += error;
    absolute += Math.abs(error);
    squared += error * error;
    actuals += actual;
    actualSquares += actual * actual;
  }

  void classes(int actual, int answer) {
    confusion.merge(key(actual, answer), 1L, Long::sum);
  }

  void confidence(double ratio, boolean correct) {
    if (confidenceRows.length == 0) {
      confidenceRows = new long[CONFIDENCES];
      confidenceRight = new long[CONFIDENCES];
      confidenceSums = new double[CONFIDENCES];
    }
    int bin = Math.min(CONFIDENCES - 1, (int) (ratio * CONFIDENCES));
    confidenceRows[bin]++;
    confidenceRight[bin] += correct ? 1 : 0;
    confidenceSums[bin] += ratio;
  }

  void score(double score, boolean positive) {
    if (positives.length == 0) {
      positives = new long[SCORES];
      negatives = new long[SCORES];
    }
    double ratio = Math.clamp(score, 0, 1);
    int bin = Math.min(SCORES - 1, (int) (ratio * SCORES));
    (positive ? positives : negatives)[bin]++;
    brier += positive ? (1 - ratio) * (1 - ratio) : ratio * ratio;
    logLoss -= Math.log(Math.max(CLIP, positive ? ratio : 1 - ratio));
  }

  @Override
  public void merge(OutcomeTally other) {
    predictions += other.predictions;
    joinable += other.joinable;
    judged += other.judged;
    right += other.right;
    delayMillis += other.delayMillis;
    numbers += other.numbers;
    errors += other.errors;
    absolute += other.absolute;
    squared += other.squared;
    actuals += other.actuals;
    actualSquares += other.actualSquares;
    other.confusion.forEach((key, rows) -> confusion.merge(key, rows, Long::sum));
    confidenceRows = sum(confidenceRows, other.confidenceRows);
    confidenceRight = sum(confidenceRight, other.confidenceRight);
    confidenceSums = sum(confidenceSums, other.confidenceSums);
    positives = sum(positives, other.positives);
    negatives = sum(negatives, other.negatives);
    brier += other.brier;
    logLoss += other.logLoss;
  }

  private static long[] sum(long[] a, long[] b) {
    if (a.length == 0 || b.length == 0) {
      return a.length == 0 ? b.clone() : a;
    }
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  private static double[] sum(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      return a.length == 0 ? b.clone() : a;
    }
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (long count : new long[] {predictions, joinable, judged, right, numbers}) {
      Binary.writeCount(out, count);
    }
    for (double value :
        new double[] {
          delayMillis, errors, absolute, squared, actuals, actualSquares, brier, logLoss
        }) {
      out.writeDouble(value);
    }
    Binary.writeCount(out, confusion.size());
    for (var entry : confusion.entrySet()) {
      out.writeInt(entry.getKey());
      Binary.writeCount(out, entry.getValue());
    }
    Binary.writeLongs(out, confidenceRows);
    Binary.writeLongs(out, confidenceRight);
    Binary.writeDoubles(out, confidenceSums);
    Binary.writeLongs(out, positives);
    Binary.writeLongs(out, negatives);
  }

  static OutcomeTally read(DataInput in) throws IOException {
    var tally = new OutcomeTally();
    tally.predictions = Binary.readCount(in);
    tally.joinable = Binary.readCount(in);
    tally.judged = Binary.readCount(in);
    tally.right = Binary.readCount(in);
    tally.numbers = Binary.readCount(in);
    tally.delayMillis = in.readDouble();
    tally.errors = in.readDouble();
    tally.absolute = in.readDouble();
    tally.squared = in.readDouble();
    tally.actuals = in.readDouble();
    tally.actualSquares = in.readDouble();
    tally.brier = in.readDouble();
    tally.logLoss = in.readDouble();
    long pairs = Binary.readCount(in);
    for (long i = 0; i < pairs; i++) {
      tally.confusion.put(in.readInt(), Binary.readCount(in));
    }
    tally.confidenceRows = Binary.readLongs(in);
    tally.confidenceRight = Binary.readLongs(in);
    tally.confidenceSums = Binary.readDoubles(in);
    tally.positives = Binary.readLongs(in);
    tally.negatives = Binary.readLongs(in);
    return tally;
  }
}

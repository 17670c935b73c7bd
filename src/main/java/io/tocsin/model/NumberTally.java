package io.tocsin.model;

import io.tocsin.drift.BinGrid;
import io.tocsin.drift.NumericReference;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finite numbers of one slice: their count and exact moments, their raw values while complete,
 * their bins; and how many rows had none. Moments are taken about a pivot near the values, so that
 * their differences do not drown in their size.
 */
final class NumberTally implements Slices.Tally<NumberTally> {

  private long rows;
  private long missing;
  private double sum;
  private double squares;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private long outside;
  private boolean complete = true;
  private double[] raw = {};
  private int rawSize;
  private int[] bins = {};

  /** What values are counted against; the same for all tallies of a subject. */
  record Ruler(double pivot, double low, double high, int bins, @Nullable BinGrid grid) {}

  /** Adds the values of the rows chosen from a place on; NaN is missing. */
  void add(double[] values, int[] chosen, int from, int size, Ruler ruler) {
    reserve(size, ruler);
    for (int i = from; i < from + size; i++) {
      add(values[chosen[i]], ruler);
    }
  }

  /** Counts rows that do not have the subject at all. */
  void miss(long count) {
    missing += count;
  }

  private void reserve(int more, Ruler ruler) {
    if (complete && rawSize + more > raw.length) {
      raw = Arrays.copyOf(raw, Math.max(rawSize + more, Math.min(2 * rawSize, 20_000)));
    }
    if (ruler.bins > 0 && bins.length == 0) {
      bins = new int[ruler.bins];
    }
  }

  private void add(double value, Ruler ruler) {
    if (Double.isNaN(value)) {
      missing++;
      return;
    }
    rows++;
    double distance = value - ruler.pivot;
    sum += distance;
    squares += distance * distance;
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (value < ruler.low || value > ruler.high) {
      outside++;
    }
    if (complete) {
      raw[rawSize++] = value;
    }
    if (bins.length > 0) {
      bins[ruler.grid == null ? 0 : ruler.grid.bin(value)]++;
    }
  }

  @Override
  public void merge(NumberTally other) {
    rows += other.rows;
    missing += other.missing;
    sum += other.sum;
    squares += other.squares;
    least = Math.min(least, other.least);
    most = Math.max(most, other.most);
    outside += other.outside;
    complete &= other.complete;
    if (complete) {
      raw = Arrays.copyOf(raw, rawSize + other.rawSize);
      System.arraycopy(other.raw, 0, raw, rawSize, other.rawSize);
      rawSize += other.rawSize;
    } else {
      dropValues();
    }
    if (bins.length == 0) {
      bins = other.bins.clone();
    } else {
      for (int i = 0; i < other.bins.length; i++) {
        bins[i] += other.bins[i];
      }
    }
  }

  /** Counts the raw values anew; a slice without all of them cannot be counted and starts over. */
  void rebin(NumericReference reference, double low, double high) {
    if (!complete) {
      rows = 0;
      sum = 0;
      squares = 0;
      least = Double.POSITIVE_INFINITY;
      most = Double.NEGATIVE_INFINITY;
      complete = true;
    }
    bins = Arrays.stream(reference.count(values())).mapToInt(Math::toIntExact).toArray();
    bound(low, high);
  }

  /** Counts the raw values outside other bounds; without all of them nothing is known of it. */
  void bound(double low, double high) {
    outside = 0;
    for (int i = 0; i < rawSize; i++) {
      outside += raw[i] < low || raw[i] > high ? 1 : 0;
    }
  }

  /** Forgets the raw values and keeps their counts. */
  void dropValues() {
    complete = rows == 0;
    raw = new double[0];
    rawSize = 0;
  }

  long rows() {
    return rows;
  }

  long missing() {
    return missing;
  }

  long outside() {
    return outside;
  }

  /** Sum of the distances from the pivot. */
  double sum() {
    return sum;
  }

  /** Sum of their squares. */
  double squares() {
    return squares;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  /** Whether every row's raw value is held. */
  boolean isComplete() {
    return complete;
  }

  /** How many raw values are held. */
  int held() {
    return rawSize;
  }

  double[] values() {
    return Arrays.copyOf(raw, rawSize);
  }

  /** Adds this slice's counts to others. */
  void addBinsTo(long[] counts) {
    for (int i = 0; i < bins.length; i++) {
      counts[i] += bins[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Binary.writeCount(out, rows);
    Binary.writeCount(out, missing);
    out.writeDouble(sum);
    out.writeDouble(squares);
    out.writeDouble(least);
    out.writeDouble(most);
    Binary.writeCount(out, outside);
    out.writeBoolean(complete);
    Binary.writeDoubles(out, values());
    Binary.writeSmall(out, bins);
  }

  static NumberTally read(DataInput in) throws IOException {
    var tally = new NumberTally();
    tally.rows = Binary.readCount(in);
    tally.missing = Binary.readCount(in);
    tally.sum = in.readDouble();
    tally.squares = in.readDouble();
    tally.least = in.readDouble();
    tally.most = in.readDouble();
    tally.outside = Binary.readCount(in);
    tally.complete = in.readBoolean();
    tally.raw = Binary.readDoubles(in);
    tally.rawSize = tally.raw.length;
    tally.bins = Binary.readSmall(in);
    return tally;
  }
}

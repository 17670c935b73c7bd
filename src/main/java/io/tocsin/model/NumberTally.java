package io.tocsin.model;

import io.tocsin.drift.NumericReference;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finite numbers of one slice: their count and sum, their raw values while complete, their bins.
 */
final class NumberTally implements Slices.Tally<NumberTally> {

  private long rows;
  private double sum;
  private boolean complete = true;
  private double[] raw = {};
  private int rawSize;
  private long[] bins = {};

  /** Adds a value to the sums and, while the slice is complete, to the raw ones. */
  void add(double value) {
    rows++;
    sum += value;
    if (complete) {
      if (rawSize == raw.length) {
        raw = Arrays.copyOf(raw, Math.max(8, 2 * rawSize));
      }
      raw[rawSize++] = value;
    }
  }

  /** Adds a value to its bin. */
  void addToBin(int bin, int bins) {
    if (this.bins.length == 0) {
      this.bins = new long[bins];
    }
    this.bins[bin]++;
  }

  @Override
  public void merge(NumberTally other) {
    rows += other.rows;
    sum += other.sum;
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
      addTo(bins, other.bins);
    }
  }

  /** Counts the raw values anew; a slice without all of them cannot be counted and starts over. */
  void rebin(NumericReference reference) {
    if (!complete) {
      rows = 0;
      sum = 0;
      complete = true;
    }
    bins = reference.count(values());
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

  double sum() {
    return sum;
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
    addTo(counts, bins);
  }

  private static void addTo(long[] counts, long[] more) {
    for (int i = 0; i < more.length; i++) {
      counts[i] += more[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeDouble(sum);
    out.writeBoolean(complete);
    Binary.writeDoubles(out, values());
    Binary.writeLongs(out, bins);
  }

  static NumberTally read(DataInput in) throws IOException {
    var tally = new NumberTally();
    tally.rows = in.readLong();
    tally.sum = in.readDouble();
    tally.complete = in.readBoolean();
    tally.raw = Binary.readDoubles(in);
    tally.rawSize = tally.raw.length;
    tally.bins = Binary.readLongs(in);
    return tally;
  }
}

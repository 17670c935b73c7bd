package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** How many rows of a slice had some trait. */
final class ShareTally implements Slices.Tally<ShareTally> {

  private long rows;
  private long hits;

  void add(boolean hit) {
    rows++;
    hits += hit ? 1 : 0;
  }

  @Override
  public void merge(ShareTally other) {
    rows += other.rows;
    hits += other.hits;
  }

  /** Rows with the trait. */
  static long hits(List<ShareTally> slices) {
    return slices.stream().mapToLong(slice -> slice.hits).sum();
  }

  /** Share of rows with the trait, ratio 0-1; empty without rows. */
  static OptionalDouble ratio(List<ShareTally> slices) {
    long rows = slices.stream().mapToLong(slice -> slice.rows).sum();
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits(slices) / rows);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(hits);
  }

  static ShareTally read(DataInput in) throws IOException {
    var tally = new ShareTally();
    tally.rows = in.readLong();
    tally.hits = in.readLong();
    return tally;
  }
}

package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Rows per category of one slice, by the category's code, and how many rows had none. */
final class CategoryTally implements Slices.Tally<CategoryTally> {

  private int[] rows = {};
  private long missing;

  void add(int code) {
    add(code, 1);
  }

  private void add(int code, int count) {
    if (code >= rows.length) {
      rows = Arrays.copyOf(rows, Math.max(code + 1, Math.min(2 * rows.length, 256)));
    }
    rows[code] += count;
  }

  void miss(long count) {
    missing += count;
  }

  long missing() {
    return missing;
  }

  @Override
  public void merge(CategoryTally other) {
    for (int code = 0; code < other.rows.length; code++) {
      add(code, other.rows[code]);
    }
    missing += other.missing;
  }

  /** Counts under other codes. */
  void recode(int[] codes) {
    int[] before = rows;
    rows = new int[0];
    for (int code = 0; code < before.length; code++) {
      if (before[code] > 0) {
        add(codes[code], before[code]);
      }
    }
  }

  /** Counts the rows of a code under another. */
  void fold(int code, int into) {
    if (code < rows.length && rows[code] > 0) {
      int moved = rows[code];
      rows[code] = 0;
      add(into, moved);
    }
  }

  /** Adds this slice's rows to counts by code. */
  void addTo(long[] counts) {
    for (int code = 0; code < rows.length; code++) {
      counts[code] += rows[code];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Binary.writeSmall(out, rows);
    Binary.writeCount(out, missing);
  }

  static CategoryTally read(DataInput in) throws IOException {
    var tally = new CategoryTally();
    tally.rows = Binary.readSmall(in);
    tally.missing = Binary.readCount(in);
    return tally;
  }
}

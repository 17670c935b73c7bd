package io.tocsin.model;

import java.util.Arrays;

/** Rows of a batch that are counted in one slice of one segment. */
final class RowGroup {
  final int segment;
  final long time;
  int[] rows = new int[16];
  int size;

  /**
   * @param time any time within the slice
   */
  RowGroup(int segment, long time) {
    this.segment = segment;
    this.time = time;
  }

  void add(int row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }
}

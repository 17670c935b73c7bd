package io.tocsin.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rows of a batch are counted together: those of one segment and one fine slice. */
final class RowGrouping {

  private record Key(int segment, long slice) {}

  private final PredictionRows rows;
  private final long fine;
  private final int[][] segmentsOf;
  private final List<RowGroup> groups = new ArrayList<>();
  private final Map<Key, RowGroup> byKey = new HashMap<>();

  RowGrouping(PredictionRows rows, Segments segments, List<String> declared, long fine) {
    this.rows = rows;
    this.fine = fine;
    segmentsOf = new int[rows.size()][];
    var known = new HashMap<Long, int[]>();
    long lastKey = -1;
    int[] last = {};
    for (int row = 0; row < rows.size(); row++) {
      long key = (long) rows.versions[row] << 32 | rows.labels[row];
      if (key != lastKey) {
        int at = row;
        last =
            known.computeIfAbsent(
                key,
                absent ->
                    segments.of(
                        rows.versionWords[rows.versions[at]],
                        rows.labelSets[rows.labels[at]],
                        declared));
        lastKey = key;
      }
      segmentsOf[row] = last;
    }
    group();
  }

  private void group() {
    var latest = new @Nullable RowGroup[1 + ModelSpec.MOST_SLICES];
    var slices = new long[latest.length];
    for (int row = 0; row < segmentsOf.length; row++) {
      long slice = Math.floorDiv(rows.times[row], fine);
      int[] of = segmentsOf[row];
      for (int level = 0; level < of.length; level++) {
        RowGroup group = latest[level];
        if (group == null || group.segment != of[level] || slices[level] != slice) {
          group = group(of[level], slice, rows.times[row]);
          latest[level] = group;
          slices[level] = slice;
        }
        group.add(row);
      }
    }
  }

  private RowGroup group(int segment, long slice, long time) {
    return byKey.computeIfAbsent(
        new Key(segment, slice),
        absent -> {
          var fresh = new RowGroup(segment, time);
          groups.add(fresh);
          return fresh;
        });
  }

  /** The segments of each row, its version's first. */
  int[][] segmentsOf() {
    return segmentsOf;
  }

  List<RowGroup> groups() {
    return groups;
  }
}

package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Latencies of one slice: exact count and sum, and counts in classes that grow by 5 %, so that a
 * quantile is at most 2.5 % off (the mapping of DDSketch, arXiv 1908.10693).
 */
final class LatencyTally implements Slices.Tally<LatencyTally> {

  private static final double GROWTH = Math.log(1.05);

  /** Everything up to this is one class, milliseconds. */
  private static final double LEAST = 0.001;

  private static final int MOST_CLASSES = 512;

  private long rows;
  private double sum;
  private int[] classes = {};

  void add(double millis) {
    rows++;
    sum += millis;
    int place = place(millis);
    if (place >= classes.length) {
      classes = Arrays.copyOf(classes, Math.min(MOST_CLASSES, place + 16));
    }
    classes[place]++;
  }

  /** Counts what the rows took, over all slices alike: segments with a label count nothing. */
  static void count(
      SlicedSegments<LatencyTally> latency,
      Segments segments,
      PredictionRows rows,
      List<RowGroup> groups) {
    for (RowGroup group : groups) {
      if (segments.get(group.segment).label().isEmpty()) {
        LatencyTally tally = latency.at(group.segment, group.time);
        for (int i = 0; i < group.size; i++) {
          double millis = rows.latencies[group.rows[i]];
          if (!Double.isNaN(millis)) {
            tally.add(millis);
          }
        }
      }
    }
  }

  private static int place(double millis) {
    return millis <= LEAST
        ? 0
        : Math.min(MOST_CLASSES - 1, (int) Math.ceil(Math.log(millis / LEAST) / GROWTH));
  }

  @Override
  public void merge(LatencyTally other) {
    rows += other.rows;
    sum += other.sum;
    classes = Arrays.copyOf(classes, Math.max(classes.length, other.classes.length));
    for (int i = 0; i < other.classes.length; i++) {
      classes[i] += other.classes[i];
    }
  }

  /** Mean, milliseconds; empty without rows. */
  static OptionalDouble mean(List<LatencyTally> tallies) {
    long rows = tallies.stream().mapToLong(tally -> tally.rows).sum();
    double sum = tallies.stream().mapToDouble(tally -> tally.sum).sum();
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows);
  }

  /** A quantile of level 0-1, milliseconds; empty without rows. */
  static OptionalDouble quantile(List<LatencyTally> tallies, double level) {
    var counts = new long[MOST_CLASSES];
    for (LatencyTally tally : tallies) {
      for (int i = 0; i < tally.classes.length; i++) {
        counts[i] += tally.classes[i];
      }
    }
    long rows = Arrays.stream(counts).sum();
    if (rows == 0) {
      return OptionalDouble.empty();
    }
    double rank = level * (rows - 1);
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (below > rank) {
        return OptionalDouble.of(
            i == 0 ? LEAST : LEAST * Math.exp(i * GROWTH) * 2 / (1 + Math.exp(GROWTH)));
      }
    }
    return OptionalDouble.empty();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Binary.writeCount(out, rows);
    out.writeDouble(sum);
    Binary.writeSmall(out, classes);
  }

  static LatencyTally read(DataInput in) throws IOException {
    var tally = new LatencyTally();
    tally.rows = Binary.readCount(in);
    tally.sum = in.readDouble();
    tally.classes = Binary.readSmall(in);
    return tally;
  }
}

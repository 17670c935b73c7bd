package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Count, mean, spread and range of numbers.
 *
 * @param sum of the distances from the pivot
 * @param squares of those distances, summed
 */
record Moments(
    long rows, long missing, double pivot, double sum, double squares, double least, double most) {

  static final Moments NONE =
      new Moments(0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  static Moments of(List<NumberTally> tallies, double pivot) {
    Moments all =
        new Moments(0, 0, pivot, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    for (NumberTally one : tallies) {
      all =
          new Moments(
              all.rows + one.rows(),
              all.missing + one.missing(),
              pivot,
              all.sum + one.sum(),
              all.squares + one.squares(),
              Math.min(all.least, one.least()),
              Math.max(all.most, one.most()));
    }
    return all;
  }

  /** Of raw values; NaN is missing. */
  static Moments of(double[] values) {
    double pivot = Double.NaN;
    long rows = 0;
    double sum = 0;
    double squares = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isNaN(value)) {
        continue;
      }
      pivot = rows == 0 ? value : pivot;
      rows++;
      sum += value - pivot;
      squares += (value - pivot) * (value - pivot);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new Moments(
        rows, values.length - rows, rows == 0 ? 0 : pivot, sum, squares, least, most);
  }

  OptionalDouble mean() {
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(pivot + sum / rows);
  }

  /** Of the population. */
  OptionalDouble sd() {
    if (rows == 0) {
      return OptionalDouble.empty();
    }
    double mean = sum / rows;
    return OptionalDouble.of(Math.sqrt(Math.max(0, squares / rows - mean * mean)));
  }

  OptionalDouble smallest() {
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(least);
  }

  OptionalDouble largest() {
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(most);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(missing);
    out.writeDouble(pivot);
    out.writeDouble(sum);
    out.writeDouble(squares);
    out.writeDouble(least);
    out.writeDouble(most);
  }

  static Moments read(DataInput in) throws IOException {
    return new Moments(
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }
}

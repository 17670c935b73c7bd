package io.tocsin.rule.drift;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import io.tocsin.drift.measure.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model's life as a test states it: so many rows each interval, distributed so, right so often.
 * What is stated last goes on.
 *
 * @param rows per interval
 * @param columns inputs by name; {@code prediction} and {@code confidence} stand for themselves
 * @param accuracy share of right answers per interval; without any no row is labelled
 * @param labelled share of rows that have a label, per interval
 * @param importances snapshots at the begin of intervals, by number of the interval
 */
public record StatedModel(
    String name,
    Instant start,
    Duration interval,
    List<Integer> rows,
    Map<String, Column> columns,
    List<Double> accuracy,
    List<Double> labelled,
    Map<Integer, Map<String, Double>> importances) {

  /** Rows of the reference. */
  private static final int REFERENCE_ROWS = 10_000;

  /**
   * An input.
   *
   * @param reference its frozen distribution
   * @param values its distribution per interval
   * @param missing share of rows without a value, per interval
   */
  public record Column(Shape reference, List<Shape> values, List<Double> missing) {
    public Column {
      values = List.copyOf(values);
      missing = List.copyOf(missing);
    }
  }

  public StatedModel {
    rows = List.copyOf(rows);
    columns = Map.copyOf(columns);
    accuracy = List.copyOf(accuracy);
    labelled = List.copyOf(labelled);
    importances = Map.copyOf(importances);
  }

  private static <T> T at(List<T> series, int interval, T otherwise) {
    return series.isEmpty() ? otherwise : series.get(Math.min(interval, series.size() - 1));
  }

  int rows(int interval) {
    return at(rows, interval, 0);
  }

  /** The intervals that lie wholly in {@code [from, to)}; none before the start. */
  List<Integer> intervals(Instant from, Instant to) {
    long length = interval.toMillis();
    long first = Math.max(0, Math.ceilDiv(from.toEpochMilli() - start.toEpochMilli(), length));
    var found = new ArrayList<Integer>();
    for (long i = first; start.toEpochMilli() + (i + 1) * length <= to.toEpochMilli(); i++) {
      found.add((int) i);
    }
    return found;
  }

  Optional<ModelHistory.Sides> sides(String subject, Instant from, Instant to) {
    Column column = columns.get(subject);
    if (column == null) {
      return Optional.empty();
    }
    var shapes = new ArrayList<Shape>();
    var sizes = new ArrayList<Integer>();
    long missing = 0;
    for (int i : intervals(from, to)) {
      long gone = Math.round(rows(i) * at(column.missing, i, 0.0));
      missing += gone;
      shapes.add(at(column.values, i, column.reference));
      sizes.add((int) (rows(i) - gone));
    }
    Reference reference = column.reference.reference(REFERENCE_ROWS);
    Window window =
        shapes.isEmpty()
            ? column.reference instanceof Shape.Shares
                ? new Window.Categories(Map.of())
                : Window.of()
            : Shape.window(shapes, sizes);
    return Optional.of(
        new ModelHistory.Sides(
            reference,
            window,
            stretch(Instant.EPOCH, Instant.EPOCH, values(reference), 0, 0, 0, reference.rows()),
            stretch(
                from,
                to,
                window instanceof Window.Values(double[] raw) ? raw : new double[0],
                missing,
                unseen(reference, window),
                outside(reference, window),
                window.rows())));
  }

  private static double[] values(Reference reference) {
    return reference instanceof NumericReference numbers ? numbers.values() : new double[0];
  }

  private static ModelHistory.Stretch stretch(
      Instant from,
      Instant to,
      double[] values,
      long missing,
      long unseen,
      long outside,
      long rows) {
    Moments moments = Moments.of(values);
    boolean known = values.length > 0;
    return new ModelHistory.Stretch(
        from,
        to,
        rows,
        missing,
        known ? OptionalDouble.of(moments.mean()) : OptionalDouble.empty(),
        known ? OptionalDouble.of(moments.populationSd()) : OptionalDouble.empty(),
        unseen,
        outside);
  }

  private static long unseen(Reference reference, Window window) {
    return reference instanceof CategoricalReference known
            && window instanceof Window.Categories(var counts)
        ? counts.entrySet().stream()
            .filter(entry -> known.counts().getOrDefault(entry.getKey(), 0L) == 0)
            .mapToLong(Map.Entry::getValue)
            .sum()
        : 0;
  }

  private static long outside(Reference reference, Window window) {
    double[] known = values(reference);
    return known.length > 0 && window instanceof Window.Values(double[] raw)
        ? Arrays.stream(raw).filter(it -> it < known[0] || it > known[known.length - 1]).count()
        : 0;
  }

  private long labelledRows(int interval) {
    return accuracy.isEmpty() ? 0 : Math.round(rows(interval) * at(labelled, interval, 1.0));
  }

  ModelHistory.Judged judged(Instant from, Instant to) {
    long rows = 0;
    long right = 0;
    for (int i : intervals(from, to)) {
      rows += labelledRows(i);
      right += Math.round(labelledRows(i) * at(accuracy, i, 1.0));
    }
    double share = rows == 0 ? 0 : (double) right / rows;
    // One bin: what the model says of itself is, on average, what it is worth.
    return new ModelHistory.Judged(
        rows, right, 0, 0, 0, List.of(new ModelHistory.Bin(rows, right, rows * share)));
  }

  ModelHistory.Volume volume(Instant from, Instant to) {
    long all = 0;
    long labels = 0;
    for (int i : intervals(from, to)) {
      all += rows(i);
      labels += labelledRows(i);
    }
    return new ModelHistory.Volume(all, accuracy.isEmpty() ? 0 : all, labels);
  }

  /** Errors evenly spread over the labelled rows of each interval. */
  List<ModelHistory.Mistake> errors(long after, Instant until) {
    var errors = new ArrayList<ModelHistory.Mistake>();
    long sequence = 0;
    for (int i : intervals(start, until)) {
      double share = 1 - at(accuracy, i, 1.0);
      for (long row = 0; row < labelledRows(i); row++) {
        boolean wrong = Math.floor((row + 1) * share) > Math.floor(row * share);
        if (sequence > after) {
          Instant at = start.plus(interval.multipliedBy(i));
          errors.add(new ModelHistory.Mistake(sequence, at, wrong ? 1 : 0));
        }
        sequence++;
      }
    }
    return errors;
  }

  List<ModelHistory.Weights> snapshots(Instant until) {
    return importances.entrySet().stream()
        .map(
            entry ->
                new ModelHistory.Weights(
                    start.plus(interval.multipliedBy(entry.getKey())), entry.getValue()))
        .filter(one -> !one.at().isAfter(until))
        .sorted(Comparator.comparing(ModelHistory.Weights::at))
        .toList();
  }
}

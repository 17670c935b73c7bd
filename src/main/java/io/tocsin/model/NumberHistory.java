package io.tocsin.model;

import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers over time. While at most {@link #MOST_VALUES} are held they are kept as they are and
 * tests are exact; beyond that they are counted in fine bins: those frozen with the baseline, else
 * bins learnt from the first values.
 */
final class NumberHistory implements History {

  /** Raw values held at once, 80 kB; also the size up to which Kolmogorov-Smirnov is exact. */
  static final int MOST_VALUES = 10_000;

  private final Slices<NumberTally> slices;
  private @Nullable NumericReference bins;
  private boolean frozen;
  private int held;

  NumberHistory(Retention retention) {
    slices = new Slices<>(retention, NumberTally::new);
  }

  @Override
  public boolean add(long time, FeatureValue value) {
    if (!(value instanceof FeatureValue.Numeric(double number))) {
      return false;
    }
    add(time, number);
    return true;
  }

  void add(long time, double value) {
    NumberTally slice = slices.at(time);
    int before = slice.held();
    slice.add(value);
    held += slice.held() - before;
    if (bins != null) {
      slice.addToBin(bins.bin(value), bins.bins());
    }
    if (held > MOST_VALUES) {
      forgetValues();
    }
  }

  private void forgetValues() {
    if (bins == null) {
      var learnt = NumericReference.of(values(slices.all())).binsOnly();
      slices.all().forEach(slice -> slice.rebin(learnt));
      bins = learnt;
    }
    slices.all().forEach(NumberTally::dropValues);
    held = 0;
  }

  @Override
  public void freeze(List<FeatureValue> baseline) {
    double[] values =
        baseline.stream()
            .filter(FeatureValue.Numeric.class::isInstance)
            .mapToDouble(value -> ((FeatureValue.Numeric) value).value())
            .toArray();
    var reference = NumericReference.of(values);
    bins = values.length > MOST_VALUES ? reference.binsOnly() : reference;
    frozen = true;
    slices.all().forEach(slice -> slice.rebin(reference));
  }

  @Override
  public Sides againstBaseline(long windowMillis, long now) {
    Reference reference = bins != null && frozen ? bins : NumericReference.of();
    return new Sides(reference, window(slices.last(windowMillis, now)));
  }

  @Override
  public Sides againstPast(long windowMillis, long now, long from, long to) {
    List<NumberTally> past = slices.between(from, to);
    List<NumberTally> current = slices.last(windowMillis, now);
    if (bins == null || (complete(past) && complete(current))) {
      return new Sides(NumericReference.of(values(past)), Window.of(values(current)));
    }
    return new Sides(bins.withCounts(counts(past, bins)), window(current));
  }

  /** Mean of the window that ends now; empty without rows. */
  OptionalDouble mean(long windowMillis, long now) {
    double sum = 0;
    long rows = 0;
    for (NumberTally slice : slices.last(windowMillis, now)) {
      sum += slice.sum();
      rows += slice.rows();
    }
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows);
  }

  private Window window(List<NumberTally> current) {
    return bins == null || complete(current)
        ? Window.of(values(current))
        : new Window.BinCounts(counts(current, bins));
  }

  private static boolean complete(List<NumberTally> tallies) {
    return tallies.stream().allMatch(NumberTally::isComplete);
  }

  private static double[] values(List<NumberTally> tallies) {
    return tallies.stream().flatMapToDouble(slice -> DoubleStream.of(slice.values())).toArray();
  }

  private static long[] counts(List<NumberTally> tallies, NumericReference bins) {
    var counts = new long[bins.bins()];
    tallies.forEach(slice -> slice.addBinsTo(counts));
    return counts;
  }

  @Override
  public void age(long now) {
    slices.age(now);
    held = slices.all().stream().mapToInt(NumberTally::held).sum();
  }

  @Override
  public void retain(Retention retention) {
    slices.retain(retention);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(frozen);
    Binary.writeReference(out, Optional.ofNullable(bins));
    slices.write(out);
  }

  static NumberHistory read(DataInput in, Retention retention) throws IOException {
    var history = new NumberHistory(retention);
    history.frozen = in.readBoolean();
    history.bins = Binary.readReference(in).orElse(null);
    history.slices.read(in, NumberTally::read);
    history.held = history.slices.all().stream().mapToInt(NumberTally::held).sum();
    return history;
  }
}

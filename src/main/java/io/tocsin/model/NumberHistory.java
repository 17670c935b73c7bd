package io.tocsin.model;

import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers over time. While at most {@link #MOST_VALUES} are held they are kept as they are and
 * tests are exact; beyond that they are counted in fine bins: those frozen with the baseline, else
 * bins learnt from the first values. All segments share the bins, so that their counts add up.
 */
final class NumberHistory implements History {

  /** Raw values held at once, 80 kB; also the size up to which Kolmogorov-Smirnov is exact. */
  static final int MOST_VALUES = 10_000;

  private final SlicedSegments<NumberTally> slices;
  private final DayTallies<NumberTally> days;
  private @Nullable NumericReference bins;
  private Moments frozen = Moments.NONE;
  private double pivot = Double.NaN;
  private NumberTally.@Nullable Ruler ruler;
  private int held;
  private int heldInDays;

  NumberHistory(Retention retention, ZoneId zone) {
    days = new DayTallies<>(zone, NumberTally::new);
    slices = new SlicedSegments<>(retention, NumberTally::new);
  }

  @Override
  public ValueKind kind() {
    return ValueKind.NUMBER;
  }

  @Override
  public void add(Column column, List<RowGroup> groups) {
    if (!(column instanceof Column.Numbers(var name, double[] values))) {
      miss(groups);
      return;
    }
    if (Double.isNaN(pivot)) {
      setPivot(values);
    }
    for (RowGroup group : groups) {
      for (int from = 0; from < group.size; from += MOST_VALUES) {
        int size = Math.min(MOST_VALUES, group.size - from);
        NumberTally slice = slices.at(group.segment, group.time);
        int before = slice.held();
        slice.add(values, group.rows, from, size, ruler());
        held += slice.held() - before;
        if (held > MOST_VALUES) {
          forgetValues();
        }
      }
    }
  }

  private void setPivot(double[] values) {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        pivot = value;
        ruler = null;
        return;
      }
    }
  }

  private NumberTally.Ruler ruler() {
    NumberTally.Ruler known = ruler;
    if (known == null) {
      NumericReference counted = bins;
      known =
          new NumberTally.Ruler(
              Double.isNaN(pivot) ? 0 : pivot,
              frozen.rows() == 0 ? Double.NEGATIVE_INFINITY : frozen.least(),
              frozen.rows() == 0 ? Double.POSITIVE_INFINITY : frozen.most(),
              counted == null ? 0 : counted.bins(),
              counted == null ? null : counted.grid().orElse(null));
      ruler = known;
    }
    return known;
  }

  @Override
  public void miss(List<RowGroup> groups) {
    for (RowGroup group : groups) {
      slices.at(group.segment, group.time).miss(group.size);
    }
  }

  @Override
  public void addToDays(Column column, List<RowGroup> groups) {
    if (!(column instanceof Column.Numbers(var name, double[] values))) {
      missInDays(groups);
      return;
    }
    for (RowGroup group : groups) {
      for (int from = 0; from < group.size; from += MOST_VALUES) {
        NumberTally quarter = days.at(group.time);
        int before = quarter.held();
        quarter.add(values, group.rows, from, Math.min(MOST_VALUES, group.size - from), ruler());
        heldInDays += quarter.held() - before;
        if (heldInDays > MOST_VALUES) {
          learnBins(days.all());
          days.all().forEach(NumberTally::dropValues);
          heldInDays = 0;
        }
      }
    }
  }

  @Override
  public void missInDays(List<RowGroup> groups) {
    for (RowGroup group : groups) {
      days.at(group.time).miss(group.size);
    }
  }

  private void learnBins(List<NumberTally> tallies) {
    if (bins == null) {
      use(NumericReference.of(values(tallies)).binsOnly());
    }
  }

  private void forgetValues() {
    learnBins(slices.all());
    slices.all().forEach(NumberTally::dropValues);
    held = 0;
  }

  /** Counts everything in these bins from now on. */
  private void use(NumericReference reference) {
    bins = reference;
    ruler = null;
    NumberTally.Ruler bounds = ruler();
    slices.all().forEach(slice -> slice.rebin(reference, bounds.low(), bounds.high()));
    days.all().forEach(quarter -> quarter.rebin(reference, bounds.low(), bounds.high()));
  }

  @Override
  public void freeze(Column baseline) {
    if (!(baseline instanceof Column.Numbers(var name, double[] values))) {
      return;
    }
    if (Double.isNaN(pivot)) {
      setPivot(values);
    }
    frozen = Moments.of(values);
    var reference = NumericReference.of(values);
    use(frozen.rows() > MOST_VALUES ? reference.binsOnly() : reference);
  }

  @Override
  public void freeze(int[] segments, Span past) {
    List<NumberTally> tallies = slices.between(segments, past.from(), past.to());
    NumericReference counted = bins;
    frozen = Moments.of(tallies, ruler().pivot());
    if (counted == null || complete(tallies)) {
      use(NumericReference.of(values(tallies)));
      return;
    }
    // The bins stay, so that nothing counted so far is lost; the deciles are marked anew.
    bins = counted.withDeciles(counts(tallies, counted));
    ruler = null;
    NumberTally.Ruler bounds = ruler();
    slices.all().forEach(slice -> slice.bound(bounds.low(), bounds.high()));
    days.all().forEach(quarter -> quarter.bound(bounds.low(), bounds.high()));
  }

  @Override
  public long frozenRows() {
    return frozen.rows();
  }

  @Override
  public Pair againstBaseline(int[] segments, long windowMillis, long now) {
    return againstBaseline(slices.last(segments, windowMillis, now));
  }

  private Pair againstBaseline(List<NumberTally> current) {
    NumericReference counted = bins;
    Reference reference = counted != null && frozen.rows() > 0 ? counted : NumericReference.of();
    return new Pair(reference, window(current), new Facts(frozen, true, 0, 0), facts(current));
  }

  @Override
  public Pair againstPast(int[] segments, long windowMillis, long now, List<Span> stretches) {
    return against(slices.between(segments, stretches), slices.last(segments, windowMillis, now));
  }

  @Override
  public Pair ofDay(Span day, Past past) {
    List<NumberTally> current = days.within(day);
    return switch (past) {
      case Past.Frozen() -> againstBaseline(current);
      case Past.Stretches(var segments, var spans) ->
          against(slices.between(segments, spans), current);
      case Past.Days(var before) -> against(days.within(before), current);
    };
  }

  private Pair against(List<NumberTally> past, List<NumberTally> current) {
    NumericReference counted = bins;
    if (counted == null || (complete(past) && complete(current))) {
      return new Pair(
          NumericReference.of(values(past)),
          Window.of(values(current)),
          facts(past),
          facts(current));
    }
    return new Pair(
        counted.withDeciles(counts(past, counted)), window(current), facts(past), facts(current));
  }

  @Override
  public Facts facts(int[] segments, long windowMillis, long now) {
    return facts(slices.last(segments, windowMillis, now));
  }

  private Facts facts(List<NumberTally> tallies) {
    long outside = tallies.stream().mapToLong(NumberTally::outside).sum();
    return new Facts(Moments.of(tallies, ruler().pivot()), true, 0, outside);
  }

  private Window window(List<NumberTally> current) {
    NumericReference counted = bins;
    return counted == null || complete(current)
        ? Window.of(values(current))
        : new Window.BinCounts(counts(current, counted));
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
    days.age(now);
    heldInDays = days.all().stream().mapToInt(NumberTally::held).sum();
  }

  @Override
  public void retain(Retention retention) {
    slices.retain(retention);
  }

  @Override
  public void zone(ZoneId zone) {
    days.zone(zone);
  }

  @Override
  public void writeDays(DataOutput out) throws IOException {
    days.write(out);
  }

  @Override
  public void readDays(DataInput in) throws IOException {
    days.read(in, NumberTally::read);
    heldInDays = days.all().stream().mapToInt(NumberTally::held).sum();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    frozen.write(out);
    out.writeDouble(pivot);
    Binary.writeReference(out, Optional.ofNullable(bins));
    slices.write(out);
  }

  static NumberHistory read(DataInput in, Retention retention, ZoneId zone) throws IOException {
    var history = new NumberHistory(retention, zone);
    history.frozen = Moments.read(in);
    history.pivot = in.readDouble();
    history.bins = Binary.readReference(in).orElse(null);
    history.slices.read(in, NumberTally::read);
    history.held = history.slices.all().stream().mapToInt(NumberTally::held).sum();
    return history;
  }
}

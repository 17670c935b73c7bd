package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive windowing: keeps the longest window whose parts have one mean. Values are held in
 * buckets of 1, 2, 4, ... rows; the oldest is dropped while some cut of the window has |u0 - u1| >
 * sqrt(2 r v d) + 2/3 d r with d = ln(2 ln W / delta), r = 1 / (n0 - s + 1) + 1 / (n1 - s + 1), s
 * the least rows of a side and v the window's variance.
 *
 * <p>Source: A. Bifet and R. Gavalda, Learning from time-changing data with adaptive windowing, SDM
 * 2007.
 */
final class Adwin implements Detector {

  private enum Variant {
    /** River since 0.16: every cut is looked at; starts afresh after a drift. */
    RIVER,
    /** River up to 0.15: the cut after the last bucket of a row is not looked at. */
    RIVER_OLD,
    /** scikit-multiflow: the same, but the window goes on after a drift. */
    SCIKIT_MULTIFLOW,
    /** MOA: sides need more than s + 1 rows; the window is cut and goes on. */
    MOA
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("delta", 1e-12, 1, 0.002, "Chance of a false cut."),
          Parameter.whole("clock", 1, 1_000_000, 32, "Look for a cut every so many values."),
          Parameter.whole("max_buckets", 1, 1000, 5, "Buckets of a size before two are merged."),
          Parameter.whole("min_side", 1, 1_000_000, 5, "Rows that either side of a cut needs."),
          Parameter.whole("grace", 0, 1_000_000, 10, "No cut up to this many values."),
          Parameter.choice("variant", Variant.RIVER, "Whose boundaries."),
          Direction.PARAMETER);

  /** Buckets of one size, oldest first. */
  private static final class Row {
    final double[] totals;
    final double[] variances;
    int size;

    Row(int most) {
      totals = new double[most + 1];
      variances = new double[most + 1];
    }

    void add(double total, double variance) {
      totals[size] = total;
      variances[size++] = variance;
    }

    void dropOldest(int count) {
      System.arraycopy(totals, count, totals, 0, size - count);
      System.arraycopy(variances, count, variances, 0, size - count);
      size -= count;
    }
  }

  private final double delta;
  private final int clock;
  private final int most;
  private final int side;
  private final int grace;
  private final Variant variant;
  private final Direction direction;
  private final List<Row> rows = new ArrayList<>();
  private long ticks;
  private double width;
  private double total;
  private double squares;
  private boolean drifted;

  Adwin(Options options) {
    delta = options.real("delta");
    clock = options.whole("clock");
    most = options.whole("max_buckets");
    side = options.whole("min_side");
    grace = options.whole("grace");
    variant = options.choice("variant", Variant.class);
    direction = Direction.of(options);
    rows.add(new Row(most));
  }

  @Override
  public State add(double value) {
    if (drifted && (variant == Variant.RIVER || variant == Variant.RIVER_OLD)) {
      restart();
    }
    insert(value);
    ticks++;
    drifted = ticks % clock == 0 && width > grace && shrink();
    return drifted ? State.DRIFT : State.STABLE;
  }

  private void restart() {
    rows.clear();
    rows.add(new Row(most));
    ticks = 0;
    width = 0;
    total = 0;
    squares = 0;
  }

  private void insert(double value) {
    rows.getFirst().add(value, 0);
    width++;
    if (width > 1) {
      double gap = value - total / (width - 1);
      squares += (width - 1) * gap * gap / width;
    }
    total += value;
    for (int i = 0; i < rows.size() && rows.get(i).size > most; i++) {
      merge(i);
    }
  }

  private void merge(int index) {
    Row row = rows.get(index);
    if (index + 1 == rows.size()) {
      rows.add(new Row(most));
    }
    double size = Math.scalb(1.0, index);
    double gap = row.totals[0] / size - row.totals[1] / size;
    rows.get(index + 1)
        .add(
            row.totals[0] + row.totals[1],
            row.variances[0] + row.variances[1] + size * size * gap * gap / (2 * size));
    row.dropOldest(2);
  }

  /** Drops oldest buckets while a cut shows a change; whether one counted. */
  private boolean shrink() {
    boolean found = false;
    boolean looking = true;
    double before = total / width;
    while (looking) {
      looking = false;
      double cut = cut();
      if (!Double.isNaN(cut)) {
        dropOldest();
        looking = width > 0;
        found |= variant == Variant.MOA || direction.counts(0, cut);
      }
    }
    return found && (variant != Variant.MOA || direction.counts(before, total / width));
  }

  /** Mean of the newer side minus the older one's at the first cut that shows; NaN for none. */
  private double cut() {
    double n0 = 0;
    double u0 = 0;
    boolean skips = variant == Variant.RIVER_OLD || variant == Variant.SCIKIT_MULTIFLOW;
    int skipped = skips ? 1 : 0;
    int least = variant == Variant.MOA ? side + 2 : side;
    for (int i = rows.size() - 1; i >= 0; i--) {
      Row row = rows.get(i);
      double size = Math.scalb(1.0, i);
      for (int k = 0; k < row.size - skipped; k++) {
        if (i == 0 && k == row.size - 1) {
          return Double.NaN;
        }
        n0 += size;
        u0 += row.totals[k];
        double n1 = width - n0;
        double gap = (total - u0) / n1 - u0 / n0;
        if (n0 >= least && n1 >= least && Math.abs(gap) > bound(n0, n1)) {
          return gap;
        }
      }
    }
    return Double.NaN;
  }

  private double bound(double n0, double n1) {
    double d = Math.log(2 * Math.log(width) / delta);
    double r = 1 / (n0 - side + 1) + 1 / (n1 - side + 1);
    return Math.sqrt(2 * r * squares / width * d) + 2.0 / 3 * d * r;
  }

  private void dropOldest() {
    Row row = rows.getLast();
    double size = Math.scalb(1.0, rows.size() - 1);
    double oldest = row.totals[0];
    width -= size;
    total -= oldest;
    double gap = oldest / size - total / width;
    squares -= row.variances[0] + size * width * gap * gap / (size + width);
    row.dropOldest(1);
    if (row.size == 0 && rows.size() > 1) {
      rows.removeLast();
    }
  }
}

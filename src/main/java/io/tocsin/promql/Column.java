package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.series.StaleMarker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series' values per step; a step without a value holds the stale marker, which no computation
 * can produce. The metric name may be on its way out: labels are only built anew when asked for.
 */
final class Column {

  /** What becomes of the metric name. */
  private enum Name {
    KEPT,
    /** No longer there, though the series' own labels still hold it. */
    GONE,
    /** There for functions of labels, gone from the result. */
    LEAVING
  }

  /** The labels that a series loses with its name: its type and unit. */
  private static final List<String> RESERVED = List.of(Labels.NAME, "__type__", "__unit__");

  private final Labels series;
  private final Name name;
  private final double[] values;
  private @Nullable Labels labels;

  private Column(Labels series, Name name, double[] values) {
    this.series = series;
    this.name = name;
    this.values = values;
  }

  static Column of(Labels labels, double[] values) {
    return new Column(labels, Name.KEPT, values);
  }

  /** A column that says by {@code leaving} whether its name will not be in the result. */
  static Column of(Labels labels, double[] values, boolean leaving) {
    return new Column(labels, leaving ? Name.LEAVING : Name.KEPT, values);
  }

  /** Whether labels hold anything beside a name that would go with it. */
  static boolean isReserved(Labels labels) {
    for (int i = 0; i < labels.size() && labels.name(i).compareTo("__z") < 0; i++) {
      if (labels.name(i).equals("__type__") || labels.name(i).equals("__unit__")) {
        return true;
      }
    }
    return false;
  }

  /** Labels without metric name, type and unit. */
  static Labels nameless(Labels labels) {
    return labels.without(RESERVED);
  }

  double[] values() {
    return values;
  }

  boolean has(int step) {
    return !StaleMarker.is(values[step]);
  }

  /** The labels that the series came with; a name may be among them that is gone. */
  Labels series() {
    return series;
  }

  /** Whether {@link #series} has a name that is gone. */
  boolean isNameGone() {
    return name == Name.GONE;
  }

  /** Whether the name is there for now only. */
  boolean isNameLeaving() {
    return name == Name.LEAVING;
  }

  /** The labels as functions, operators and aggregations see them. */
  Labels labels() {
    if (name != Name.GONE) {
      return series;
    }
    Labels known = labels;
    if (known == null) {
      known = series.without(Labels.NAME);
      labels = known;
    }
    return known;
  }

  /** The labels as the query answers them. */
  Labels result() {
    return name == Name.LEAVING ? nameless(series) : labels();
  }

  /** Other values under the same labels. */
  Column with(double[] other) {
    return new Column(series, name, other);
  }

  /** Other labels; a name that was leaving stays only when it is a new one. */
  Column with(Labels other) {
    return new Column(other, name == Name.LEAVING ? Name.LEAVING : Name.KEPT, values);
  }

  /** Other labels, a name among them here to stay. */
  Column named(Labels other) {
    return new Column(other, Name.KEPT, values);
  }

  /**
   * Other values under labels that lose the name.
   *
   * @param delayed whether it goes at the very end only
   */
  Column nameless(double[] other, boolean delayed) {
    if (delayed) {
      return new Column(series, Name.LEAVING, other);
    }
    return isReserved(series)
        ? new Column(nameless(series), Name.KEPT, other)
        : new Column(series, Name.GONE, other);
  }
}

package io.tocsin.promql;

import io.tocsin.label.Labels;
import java.util.List;

/**
 * Which labels an aggregation keeps.
 *
 * @param without whether {@code labels} are dropped rather than kept
 */
public record Grouping(boolean without, List<String> labels) {

  /** Everything into one. */
  public static final Grouping NONE = new Grouping(false, List.of());

  public Grouping {
    labels = List.copyOf(labels);
  }

  /** The labels of the group that a series falls into. */
  Labels key(Labels series) {
    return without ? series.without(Labels.NAME).without(labels) : series.keep(labels);
  }
}

package io.tocsin.model;

import java.util.List;

/**
 * What turned out to be true for earlier predictions, as it is read, kept in the journal and
 * joined.
 */
public final class TruthRows {

  private final long[] ids;
  private final List<FeatureValue> actual;

  TruthRows(long[] ids, List<FeatureValue> actual) {
    this.ids = ids;
    this.actual = List.copyOf(actual);
  }

  /** Truths with their ids hashed. */
  public static TruthRows of(List<Truth> truths) {
    return new TruthRows(
        truths.stream().mapToLong(truth -> IdHash.of(truth.id())).toArray(),
        truths.stream().map(Truth::actual).toList());
  }

  /** Number of rows. */
  public int size() {
    return ids.length;
  }

  long id(int row) {
    return ids[row];
  }

  FeatureValue actual(int row) {
    return actual.get(row);
  }
}

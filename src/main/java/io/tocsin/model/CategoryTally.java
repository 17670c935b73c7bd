package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rows per category of one slice. */
final class CategoryTally implements Slices.Tally<CategoryTally> {

  private final Map<String, Long> rows;

  CategoryTally() {
    this(new HashMap<>());
  }

  private CategoryTally(Map<String, Long> rows) {
    this.rows = rows;
  }

  void add(String category) {
    rows.merge(category, 1L, Long::sum);
  }

  @Override
  public void merge(CategoryTally other) {
    other.addTo(rows);
  }

  /** Counts under other names. */
  void rename(UnaryOperator<String> name) {
    var before = Map.copyOf(rows);
    rows.clear();
    before.forEach((category, count) -> rows.merge(name.apply(category), count, Long::sum));
  }

  /** Adds this slice's rows to others. */
  void addTo(Map<String, Long> counts) {
    rows.forEach((category, count) -> counts.merge(category, count, Long::sum));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Binary.writeCounts(out, rows);
  }

  static CategoryTally read(DataInput in) throws IOException {
    return new CategoryTally(Binary.readCounts(in));
  }
}

package io.tocsin.model;

import java.util.Arrays;

/** One subject's values of many rows. The arrays are shared, not copied: nobody changes them. */
sealed interface Column {

  /** The feature's name, {@code ""} for the answer. */
  String name();

  ValueKind kind();

  /** Numbers; NaN is missing. */
  @SuppressWarnings("ArrayRecordComponent")
  record Numbers(String name, double[] values) implements Column {
    @Override
    public ValueKind kind() {
      return ValueKind.NUMBER;
    }

    @Override
    public FeatureValue at(int row) {
      return FeatureValue.of(values[row]);
    }
  }

  /**
   * Names by their place in a list; -1 is missing.
   *
   * @param kind {@link ValueKind#CATEGORY} or {@link ValueKind#FLAG}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Names(String name, ValueKind kind, String[] words, int[] codes) implements Column {
    @Override
    public FeatureValue at(int row) {
      if (codes[row] < 0) {
        return FeatureValue.MISSING;
      }
      String word = words[codes[row]];
      return kind == ValueKind.FLAG
          ? new FeatureValue.Flag(Boolean.parseBoolean(word))
          : new FeatureValue.Category(word);
    }
  }

  /** One value. */
  FeatureValue at(int row);

  /** Whether no row has a value. */
  default boolean isEmpty() {
    return switch (this) {
      case Numbers numbers -> Arrays.stream(numbers.values).allMatch(Double::isNaN);
      case Names names -> Arrays.stream(names.codes).allMatch(code -> code < 0);
    };
  }
}

package io.tocsin.drift.adhoc;

import java.util.List;

/**
 * Values row by row, so that two lists pair and indices stay.
 *
 * @param numbers NaN where a value is missing; empty when the values are texts
 * @param names the values as names of classes; empty when one is missing
 * @param field named in errors
 * @param missing how many values are missing
 */
public record Rows(String field, double[] numbers, List<String> names, long missing) {

  /** No rows. */
  public static Rows none(String field) {
    return new Rows(field, new double[0], List.of(), 0);
  }

  /**
   * Every value as a name.
   *
   * @throws BadInput when one is missing
   */
  @Override
  public List<String> names() {
    if (missing > 0) {
      throw new BadInput("%s: %d values are missing".formatted(field, missing));
    }
    return names;
  }

  /**
   * Every value as a number.
   *
   * @throws BadInput for texts
   */
  @Override
  public double[] numbers() {
    if (numbers.length == 0 && !names.isEmpty()) {
      throw BadInput.of(field, "texts", "numbers");
    }
    return numbers;
  }

  /** Whether the values are texts. */
  boolean isText() {
    return numbers.length == 0 && !names.isEmpty();
  }
}

package io.tocsin.drift.adhoc;

import java.util.Arrays;
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

  /**
   * Cells of a table: numbers when every cell that is not empty is one, else names.
   *
   * @throws BadInput beyond {@link Requests#MOST_VALUES} cells
   */
  public static Rows ofCells(String field, List<String> cells) {
    var builder = new RowsBuilder(field, Requests.MOST_VALUES);
    boolean numbers = cells.stream().allMatch(Rows::isNumber);
    for (String cell : cells) {
      if (numbers && SampleBuilder.notFinite(cell)) {
        builder.missing();
      } else if (numbers) {
        builder.number(Double.parseDouble(cell));
      } else if (cell.isEmpty()) {
        builder.missing();
      } else {
        builder.text(cell);
      }
    }
    return builder.build();
  }

  /**
   * A JSON array of values.
   *
   * @throws BadInput naming line and column
   */
  public static Rows ofJson(String field, byte[] json) {
    return RequestReader.array(field, json);
  }

  private static boolean isNumber(String cell) {
    if (SampleBuilder.notFinite(cell)) {
      return true;
    }
    try {
      Double.parseDouble(cell);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The values without their order. */
  public Sample sample() {
    var builder = new SampleBuilder(field, Integer.MAX_VALUE);
    if (isText()) {
      names.forEach(builder::text);
      for (long i = 0; i < missing; i++) {
        builder.missing();
      }
    } else {
      Arrays.stream(numbers).forEach(builder::number);
    }
    return builder.build();
  }

  /** Whether the values are texts. */
  boolean isText() {
    return numbers.length == 0 && !names.isEmpty();
  }
}

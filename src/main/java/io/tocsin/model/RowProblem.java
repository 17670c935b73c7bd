package io.tocsin.model;

/**
 * A row that was not taken.
 *
 * @param row its number in the body, from 1
 * @param line the line of the body where the trouble is, from 1
 * @param field the field, such as {@code features.age}; {@code ""} for the row as a whole
 * @param found what stands there
 * @param expected what should
 */
public record RowProblem(long row, long line, String field, String found, String expected) {

  /** In one sentence. */
  public String words() {
    return "row %d, line %d%s: found %s, expected %s"
        .formatted(row, line, field.isEmpty() ? "" : ", " + field, found, expected);
  }
}

package io.tocsin.model;

import java.util.List;

/**
 * What was read of a body.
 *
 * @param rows the good rows
 * @param size how many they are
 * @param problems the first rows that were not taken, at most {@link #MOST_PROBLEMS}
 * @param rejected how many rows were not taken
 * @param ignored values left out because there are too many features
 */
public record ReadRows<T>(
    T rows, int size, List<RowProblem> problems, long rejected, long ignored) {

  /** Problems told one by one. */
  public static final int MOST_PROBLEMS = 100;

  public ReadRows {
    problems = List.copyOf(problems);
  }
}

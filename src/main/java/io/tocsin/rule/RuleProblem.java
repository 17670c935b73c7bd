package io.tocsin.rule;

/** A rule that cannot be taken: which field, what was found there and what was expected. */
public final class RuleProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String found;
  private final String expected;

  public RuleProblem(String field, String found, String expected) {
    super(field + ": found " + found + ", expected " + expected);
    this.field = field;
    this.found = found;
    this.expected = expected;
  }

  /** The field by its key: {@code expr}, {@code labels}, {@code annotations}. */
  public String field() {
    return field;
  }

  public String found() {
    return found;
  }

  public String expected() {
    return expected;
  }
}

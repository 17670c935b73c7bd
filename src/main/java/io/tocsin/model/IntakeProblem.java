package io.tocsin.model;

/** A body that cannot be read at all: where, what was found, what was expected. */
public final class IntakeProblem extends Exception {
  private static final long serialVersionUID = 1;

  public IntakeProblem(String message) {
    super(message);
  }
}

package io.tocsin.model;

/** A body of predictions or truths that cannot be read; the message says where and why. */
public final class IntakeProblem extends Exception {
  private static final long serialVersionUID = 1;

  IntakeProblem(String message) {
    super(message);
  }
}

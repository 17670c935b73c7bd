package io.tocsin.experiment;

/** Something about an experiment that cannot be; the message names the field. */
public final class ExperimentProblem extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public ExperimentProblem(String message) {
    super(message);
  }
}

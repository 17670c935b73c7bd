package io.tocsin.rule;

/** A rule that cannot be evaluated: what was found, what was expected. */
public final class RuleProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  RuleProblem(String message) {
    super(message);
  }

  static void check(int limit, int found, String what) {
    if (limit > 0 && found > limit) {
      throw new RuleProblem("found " + found + " " + what + ", expected at most " + limit);
    }
  }

  static String reason(RuntimeException problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}

package io.tocsin.drift.measure;

/**
 * What a significance test answers.
 *
 * @param statistic in the test's own unit
 * @param p probability of a statistic at least as extreme when nothing differs
 * @param effect size of the difference, comparable between sample sizes
 */
public record Tested(double statistic, double p, double effect) {

  /** A test whose statistic is its effect. */
  static Tested of(double statistic, double p) {
    return new Tested(statistic, p, statistic);
  }
}

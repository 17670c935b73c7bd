package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Cumulative sum as MOA has it: S = max(0, S + x - running mean - delta) above lambda.
 *
 * <p>Source: E. Page, Continuous inspection schemes, Biometrika 41, 1954.
 */
final class Cusum implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("delta", 0, 1e9, 0.005, "Change of the mean that is put up with."),
          Parameter.real("lambda", 1e-9, 1e12, 50, "Sum that is a drift."),
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values before the first verdict."),
          Direction.PARAMETER);

  private final double delta;
  private final double lambda;
  private final int least;
  private RunningMean mean = new RunningMean();
  private double sum;
  private boolean drifted;

  private Cusum(Options options) {
    delta = options.real("delta");
    lambda = options.real("lambda");
    least = options.whole("min_instances");
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new Cusum(options), 0);
  }

  @Override
  public State add(double value) {
    if (drifted) {
      mean = new RunningMean();
      sum = 0;
    }
    mean.add(value);
    sum = Math.max(0, sum + value - mean.mean() - delta);
    drifted = mean.n() + 1 >= least && sum > lambda;
    return drifted ? State.DRIFT : State.STABLE;
  }
}

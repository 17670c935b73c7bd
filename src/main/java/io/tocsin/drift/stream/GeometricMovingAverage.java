package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Geometric moving average of x - running mean above lambda.
 *
 * <p>Source: S. Roberts, Control chart tests based on geometric moving averages, Technometrics 1,
 * 1959; defaults of MOA.
 */
final class GeometricMovingAverage implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("lambda", 1e-9, 1e12, 1, "Average that is a drift."),
          Parameter.real("alpha", 0, 1, 0.99, "What the average keeps of itself at each value."),
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values before the first verdict."),
          Direction.PARAMETER);

  private final double lambda;
  private final double alpha;
  private final int least;
  private RunningMean mean = new RunningMean();
  private double average;
  private boolean drifted;

  private GeometricMovingAverage(Options options) {
    lambda = options.real("lambda");
    alpha = options.real("alpha");
    least = options.whole("min_instances");
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new GeometricMovingAverage(options), 0);
  }

  @Override
  public State add(double value) {
    if (drifted) {
      mean = new RunningMean();
      average = 0;
    }
    mean.add(value);
    average = alpha * average + (1 - alpha) * (value - mean.mean());
    drifted = mean.n() + 1 >= least && average > lambda;
    return drifted ? State.DRIFT : State.STABLE;
  }
}

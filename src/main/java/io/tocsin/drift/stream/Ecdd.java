package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * EWMA chart for concept drift detection on error bits: z = (1 - l) z + l x above p + L(p) sd of z,
 * L(p) being a polynomial that gives the wished mean time between false alarms.
 *
 * <p>Source: G. Ross, N. Adams, D. Tasoulis and D. Hand, Exponentially weighted moving average
 * charts for detecting concept drift, Pattern Recognition Letters 33, 2012.
 */
final class Ecdd implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("lambda", 1e-9, 1, 0.2, "Weight of the latest value."),
          Parameter.choice(
              "arl", List.of("100", "400", "1000"), "400", "Values between false alarms."),
          Parameter.real("warning_level", 0, 1, 0.5, "Share of the limit that is a warning."),
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values before the first verdict."),
          Direction.PARAMETER);

  private final double lambda;
  private final double[] limit;
  private final double warningLevel;
  private final int least;
  private RunningMean errors = new RunningMean();
  private double z;
  private boolean drifted;

  private Ecdd(Options options) {
    lambda = options.real("lambda");
    limit =
        switch (options.text("arl")) {
          case "100" -> new double[] {2.76, -6.23, 18.12, -312.45, 1002.18};
          case "1000" -> new double[] {1.17, 7.56, -21.24, 112.12, -987.23};
          default -> new double[] {3.97, -6.56, 48.73, -330.13, 848.18};
        };
    warningLevel = options.real("warning_level");
    least = options.whole("min_instances");
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new Ecdd(options), 1);
  }

  @Override
  public State add(double error) {
    if (drifted) {
      errors = new RunningMean();
      z = 0;
      drifted = false;
    }
    errors.add(error);
    z += lambda * (error - z);
    if (errors.n() + 1 < least) {
      return State.STABLE;
    }
    double p = errors.mean();
    double scale = lambda * (1 - Math.pow(1 - lambda, 2.0 * errors.n())) / (2 - lambda);
    double allowed = limit(p) * Math.sqrt(p * (1 - p) * scale);
    drifted = errors.n() >= least && z > p + allowed;
    if (drifted) {
      return State.DRIFT;
    }
    return z > p + warningLevel * allowed ? State.WARNING : State.STABLE;
  }

  private double limit(double p) {
    double square = p * p;
    return limit[0]
        + p * (limit[1] + square * (limit[2] + square * (limit[3] + square * limit[4])));
  }
}

package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * HDDM_A: compares the mean of all values with the lowest (highest) it had by Hoeffding's bound.
 *
 * <p>Source: I. Frias-Blanco and others, Online and non-parametric drift detection methods based on
 * Hoeffding's bounds, IEEE Transactions on Knowledge and Data Engineering 27, 2015.
 */
final class HoeffdingAverage implements Detector {

  private enum Variant {
    /** River: a move the other way is not looked at. */
    RIVER,
    /** MOA: a move the other way starts afresh, silently. */
    MOA
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("drift_confidence", 1e-12, 1, 0.001, "Chance of a false drift."),
          Parameter.real("warning_confidence", 1e-12, 1, 0.005, "Chance of a false warning."),
          Parameter.choice("variant", Variant.RIVER, "Whose handling of moves the other way."),
          Direction.PARAMETER);

  private final double driftConfidence;
  private final double warningConfidence;
  private final Direction direction;
  private final boolean silent;
  private RunningMean all = new RunningMean();
  private RunningMean lowest = new RunningMean();
  private RunningMean highest = new RunningMean();
  private boolean drifted;

  HoeffdingAverage(Options options) {
    driftConfidence = options.real("drift_confidence");
    warningConfidence = options.real("warning_confidence");
    direction = Direction.of(options);
    silent = options.choice("variant", Variant.class) == Variant.MOA;
  }

  @Override
  public State add(double value) {
    if (drifted) {
      restart();
    }
    all.add(value);
    double bound = bound(all);
    if (lowest.n() == 0 || lowest.mean() + bound(lowest) >= all.mean() + bound) {
      lowest = all.copy();
    }
    if (highest.n() == 0 || highest.mean() - bound(highest) <= all.mean() - bound) {
      highest = all.copy();
    }
    drifted = moved(driftConfidence);
    if (drifted) {
      return State.DRIFT;
    }
    State state = moved(warningConfidence) ? State.WARNING : State.STABLE;
    if (silent && (rose(driftConfidence) || fell(driftConfidence))) {
      restart();
    }
    return state;
  }

  private void restart() {
    all = new RunningMean();
    lowest = new RunningMean();
    highest = new RunningMean();
  }

  private boolean moved(double confidence) {
    return (direction != Direction.DECREASE && rose(confidence))
        || (direction != Direction.INCREASE && fell(confidence));
  }

  private boolean rose(double confidence) {
    return beyond(all.mean() - lowest.mean(), lowest.n(), confidence);
  }

  private boolean fell(double confidence) {
    return beyond(highest.mean() - all.mean(), highest.n(), confidence);
  }

  private boolean beyond(double gap, double n, double confidence) {
    if (n == all.n()) {
      return false;
    }
    double share = (all.n() - n) / n * (1.0 / all.n());
    return gap >= Math.sqrt(share / 2 * Math.log(2 / confidence));
  }

  private double bound(RunningMean mean) {
    return Math.sqrt(1.0 / (2.0 * mean.n()) * Math.log(1 / driftConfidence));
  }
}

package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * HDDM_W: compares exponentially weighted means before and after the best cut by McDiarmid's bound.
 *
 * <p>Source: I. Frias-Blanco and others, Online and non-parametric drift detection methods based on
 * Hoeffding's bounds, IEEE Transactions on Knowledge and Data Engineering 27, 2015.
 */
final class HoeffdingWeighted implements Detector {

  private enum Variant {
    /** River: the bound of the first value fades already. */
    RIVER,
    /** MOA: the bound of the first value is 1. */
    MOA
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("drift_confidence", 1e-12, 1, 0.001, "Chance of a false drift."),
          Parameter.real("warning_confidence", 1e-12, 1, 0.005, "Chance of a false warning."),
          Parameter.real("lambda", 1e-9, 1, 0.05, "Weight of the latest value."),
          Parameter.choice("variant", Variant.RIVER, "Whose bound."),
          Direction.PARAMETER);

  /** A weighted mean and the sum of its squared weights. */
  private record Weighted(double mean, double bound, boolean empty) {
    static final Weighted NONE = new Weighted(0, 1, true);
  }

  private final double driftConfidence;
  private final double warningConfidence;
  private final double lambda;
  private final Variant variant;
  private final Direction direction;
  private Weighted all = Weighted.NONE;
  private Weighted low = Weighted.NONE;
  private Weighted afterLow = Weighted.NONE;
  private Weighted high = Weighted.NONE;
  private Weighted afterHigh = Weighted.NONE;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private boolean drifted;

  HoeffdingWeighted(Options options) {
    driftConfidence = options.real("drift_confidence");
    warningConfidence = options.real("warning_confidence");
    lambda = options.real("lambda");
    variant = options.choice("variant", Variant.class);
    direction = Direction.of(options);
  }

  @Override
  public State add(double value) {
    if (drifted) {
      restart();
    }
    all = with(all, value);
    double bound = bound(all.bound(), driftConfidence);
    if (all.mean() + bound < lowest) {
      lowest = all.mean() + bound;
      low = all;
      afterLow = Weighted.NONE;
    } else {
      afterLow = with(afterLow, value);
    }
    if (all.mean() - bound > highest) {
      highest = all.mean() - bound;
      high = all;
      afterHigh = Weighted.NONE;
    } else {
      afterHigh = with(afterHigh, value);
    }
    drifted = moved(driftConfidence);
    if (drifted) {
      return State.DRIFT;
    }
    return moved(warningConfidence) ? State.WARNING : State.STABLE;
  }

  private void restart() {
    all = Weighted.NONE;
    low = Weighted.NONE;
    afterLow = Weighted.NONE;
    high = Weighted.NONE;
    afterHigh = Weighted.NONE;
    lowest = Double.POSITIVE_INFINITY;
    highest = Double.NEGATIVE_INFINITY;
  }

  private Weighted with(Weighted before, double value) {
    if (before.empty() && variant == Variant.MOA) {
      return new Weighted(value, 1, false);
    }
    double bound = lambda * lambda + (1 - lambda) * (1 - lambda) * before.bound();
    double mean = before.empty() ? value : lambda * value + (1 - lambda) * before.mean();
    return new Weighted(mean, bound, false);
  }

  private boolean moved(double confidence) {
    return (direction != Direction.DECREASE && rose(low, afterLow, confidence))
        || (direction != Direction.INCREASE && rose(afterHigh, high, confidence));
  }

  private static boolean rose(Weighted from, Weighted to, double confidence) {
    return !from.empty()
        && !to.empty()
        && to.mean() - from.mean() > bound(from.bound() + to.bound(), confidence);
  }

  private static double bound(double weights, double confidence) {
    return Math.sqrt(weights * Math.log(1 / confidence) / 2);
  }
}

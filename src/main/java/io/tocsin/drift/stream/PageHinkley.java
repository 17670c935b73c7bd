package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Page-Hinkley: the fading sum of x - mean - delta has risen by more than lambda above its lowest
 * point.
 *
 * <p>Source: E. Page, Continuous inspection schemes, Biometrika 41, 1954.
 */
final class PageHinkley implements Detector {

  private enum Variant {
    /** River since 0.15: the rise above the sum's minimum. */
    RIVER,
    /** Older River and scikit-multiflow: a sum that never falls below 0; at least lambda. */
    RIVER_OLD,
    /** MOA: the sum itself, however low it fell. */
    MOA
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("delta", 0, 1e9, 0.005, "Change of the mean that is put up with."),
          Parameter.real("lambda", 1e-9, 1e12, 50, "Sum that is a drift."),
          Parameter.real("alpha", 0, 1, 0.9999, "What the sum keeps of itself at each value."),
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values before the first verdict."),
          Parameter.choice("variant", Variant.RIVER, "Whose sum."),
          Direction.PARAMETER);

  private final double delta;
  private final double lambda;
  private final double alpha;
  private final int least;
  private final Variant variant;
  private RunningMean mean = new RunningMean();
  private double sum;
  private double lowest = Double.POSITIVE_INFINITY;
  private boolean drifted;

  private PageHinkley(Options options) {
    delta = options.real("delta");
    lambda = options.real("lambda");
    alpha = options.real("alpha");
    least = options.whole("min_instances");
    variant = options.choice("variant", Variant.class);
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new PageHinkley(options), 0);
  }

  @Override
  public State add(double value) {
    if (drifted) {
      mean = new RunningMean();
      sum = 0;
      lowest = Double.POSITIVE_INFINITY;
    }
    mean.add(value);
    sum = alpha * sum + (value - mean.mean() - delta);
    drifted =
        switch (variant) {
          case RIVER -> {
            lowest = Math.min(lowest, sum);
            yield mean.n() >= least && sum - lowest > lambda;
          }
          case RIVER_OLD -> {
            sum = Math.max(0, sum);
            yield mean.n() + 1 >= least && sum >= lambda;
          }
          case MOA -> mean.n() + 1 >= least && sum > lambda;
        };
    return drifted ? State.DRIFT : State.STABLE;
  }
}

package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * EWMA control chart of any numbers: z = a x + (1 - a) z more than a multiple of its standard error
 * from the running mean, the variance fading like z.
 *
 * <p>Source: J. Lucas and M. Saccucci, Exponentially weighted moving average control schemes,
 * Technometrics 32, 1990; defaults of River.
 */
final class EwmaChart implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("alpha", 1e-9, 1, 0.1, "Weight of the latest value."),
          Parameter.real("threshold", 1e-9, 1e6, 4, "Standard errors that are a drift."),
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values before the first verdict."),
          Direction.PARAMETER);

  private final double alpha;
  private final double threshold;
  private final int least;
  private final Direction direction;
  private RunningMean mean = new RunningMean();
  private double z;
  private double squares;
  private boolean drifted;

  EwmaChart(Options options) {
    alpha = options.real("alpha");
    threshold = options.real("threshold");
    least = options.whole("min_instances");
    direction = Direction.of(options);
  }

  @Override
  public State add(double value) {
    if (drifted) {
      mean = new RunningMean();
    }
    mean.add(value);
    boolean first = mean.n() == 1;
    z = first ? value : alpha * value + (1 - alpha) * z;
    squares = first ? value * value : alpha * value * value + (1 - alpha) * squares;
    double variance = Math.max(0, squares - z * z);
    double factor = alpha / (2 - alpha) * (1 - Math.pow(1 - alpha, 2.0 * mean.n()));
    double bound = threshold * Math.sqrt(variance * factor);
    drifted =
        mean.n() >= least && Math.abs(z - mean.mean()) > bound && direction.counts(mean.mean(), z);
    return drifted ? State.DRIFT : State.STABLE;
  }
}

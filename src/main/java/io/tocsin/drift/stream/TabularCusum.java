package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * The textbook's cumulative sum: mean and standard deviation are frozen after a warm-up; S = max(0,
 * S + x - mean - k sd) above h sd. With k = 0.5 and h = 5 most streams of a thousand values raise a
 * false alarm; h = 20 is quiet.
 *
 * <p>Source: D. Montgomery, Introduction to Statistical Quality Control, chapter 9.
 */
final class TabularCusum implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("slack", 0, 1e6, 0.5, "k, in standard deviations."),
          Parameter.real("threshold", 1e-9, 1e9, 5, "h, in standard deviations."),
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values of the warm-up."),
          Direction.PARAMETER);

  private final double slack;
  private final double threshold;
  private final int least;
  private final Direction direction;
  private RunningMean warmUp = new RunningMean();
  private double rise;
  private double fall;
  private boolean drifted;

  TabularCusum(Options options) {
    slack = options.real("slack");
    threshold = options.real("threshold");
    least = options.whole("min_instances");
    direction = Direction.of(options);
  }

  @Override
  public State add(double value) {
    if (drifted) {
      warmUp = new RunningMean();
      rise = 0;
      fall = 0;
      drifted = false;
    }
    if (warmUp.n() < least) {
      warmUp.add(value);
    }
    if (warmUp.n() < least) {
      return State.STABLE;
    }
    double sd = Math.sqrt(warmUp.sampleVariance());
    double gap = value - warmUp.mean();
    rise = Math.max(0, rise + gap - slack * sd);
    fall = Math.max(0, fall - gap - slack * sd);
    boolean up = direction != Direction.DECREASE && rise > threshold * sd;
    boolean down = direction != Direction.INCREASE && fall > threshold * sd;
    drifted = up || down;
    return drifted ? State.DRIFT : State.STABLE;
  }
}

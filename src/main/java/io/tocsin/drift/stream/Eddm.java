package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Early drift detection method on error bits: the mean distance between errors plus two standard
 * deviations has fallen below a share of its maximum.
 *
 * <p>Source: M. Baena-Garcia and others, Early drift detection method, IWKDDS 2006.
 */
final class Eddm implements Detector {

  private enum Variance {
    /** Over n - 1: River now. */
    SAMPLE,
    /** Over n: MOA, scikit-multiflow, older River. */
    POPULATION
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.whole("min_errors", 1, 1_000_000, 30, "Values and errors before a verdict."),
          Parameter.real("alpha", 0, 1, 0.95, "Share of the maximum below which is a warning."),
          Parameter.real("beta", 0, 1, 0.9, "Share of the maximum below which is a drift."),
          Parameter.choice("variance", Variance.SAMPLE, "Which variance of the distances."),
          Direction.PARAMETER);

  private final int least;
  private final double alpha;
  private final double beta;
  private final Variance variance;
  private RunningMean distances = new RunningMean();
  private long n;
  private long lastError;
  private double highest;
  private State state = State.STABLE;

  private Eddm(Options options) {
    least = options.whole("min_errors");
    alpha = options.real("alpha");
    beta = options.real("beta");
    variance = options.choice("variance", Variance.class);
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new Eddm(options), 1);
  }

  @Override
  public State add(double error) {
    if (state == State.DRIFT) {
      distances = new RunningMean();
      n = 0;
      lastError = 0;
      highest = 0;
      state = State.STABLE;
    }
    n++;
    if (error == 1) {
      distances.add(n - lastError);
      lastError = n;
      judge();
    }
    return state;
  }

  private void judge() {
    boolean early = variance == Variance.SAMPLE ? n <= least : n < least;
    if (early) {
      return;
    }
    double spread =
        variance == Variance.SAMPLE ? distances.sampleVariance() : distances.populationVariance();
    double level = distances.mean() + 2 * Math.sqrt(spread);
    if (level > highest) {
      highest = level;
      // River keeps a warning until the distance has been compared again.
      state = variance == Variance.SAMPLE ? state : State.STABLE;
    } else if (distances.n() > least) {
      double share = level / highest;
      state = share < beta ? State.DRIFT : share < alpha ? State.WARNING : State.STABLE;
    }
  }
}

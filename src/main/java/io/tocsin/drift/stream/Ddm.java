package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Drift detection method on error bits: p + s, s = sqrt(p (1 - p) / n), has left its minimum by a
 * multiple of the s that belongs to it.
 *
 * <p>Source: J. Gama, P. Medas, G. Castillo and P. Rodrigues, Learning with drift detection, SBIA
 * 2004.
 */
final class Ddm implements Detector {

  private enum Variant {
    /** River: the plain error rate; verdicts after more than the least values. */
    RIVER,
    /** MOA and scikit-multiflow: n is counted from 1, and the first p is 1. */
    MOA
  }

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.whole("min_instances", 1, 1_000_000, 30, "Values before the first verdict."),
          Parameter.real("warning_level", 0, 100, 2, "Multiple of s that is a warning."),
          Parameter.real("drift_level", 0, 100, 3, "Multiple of s that is a drift."),
          Parameter.choice("variant", Variant.RIVER, "Whose counting."),
          Direction.PARAMETER);

  private final int least;
  private final double warningLevel;
  private final double driftLevel;
  private final Variant variant;
  private RunningMean errors = new RunningMean();
  private double lowestP = Double.POSITIVE_INFINITY;
  private double lowestS = Double.POSITIVE_INFINITY;
  private boolean drifted;

  private Ddm(Options options) {
    least = options.whole("min_instances");
    warningLevel = options.real("warning_level");
    driftLevel = options.real("drift_level");
    variant = options.choice("variant", Variant.class);
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new Ddm(options), 1);
  }

  @Override
  public State add(double error) {
    if (drifted) {
      errors = new RunningMean();
      lowestP = Double.POSITIVE_INFINITY;
      lowestS = Double.POSITIVE_INFINITY;
      drifted = false;
    }
    errors.add(error);
    double p = errors.mean();
    double s = Math.sqrt(p * (1 - p) / errors.n());
    long counted = errors.n() + (variant == Variant.MOA ? 1 : 0);
    if (variant == Variant.MOA ? counted < least : counted <= least) {
      return State.STABLE;
    }
    if (p + s <= lowestP + lowestS) {
      lowestP = p;
      lowestS = s;
    }
    drifted = counted > least && p + s > lowestP + driftLevel * lowestS;
    if (drifted) {
      return State.DRIFT;
    }
    return p + s > lowestP + warningLevel * lowestS ? State.WARNING : State.STABLE;
  }
}

package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Reactive drift detection method on error bits: DDM whose statistics are computed anew from the
 * bits since the warning began after each drift, when a warning lasts too long, and when a concept
 * grows too old to react.
 *
 * <p>Source: R. Barros, D. Cabral, P. Goncalves and S. Santos, RDDM: reactive drift detection
 * method, Expert Systems with Applications 90, 2017.
 */
final class Rddm implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.whole("min_instances", 1, 1_000_000, 129, "Values before the first verdict."),
          Parameter.real("warning_level", 0, 100, 1.773, "Multiple of s that is a warning."),
          Parameter.real("drift_level", 0, 100, 2.258, "Multiple of s that is a drift."),
          Parameter.whole("max_concept", 1, 10_000_000, 40_000, "Values before looking anew."),
          Parameter.whole("min_stable", 1, 1_000_000, 7000, "Latest values that are kept."),
          Parameter.whole("warning_limit", 1, 1_000_000, 1400, "Warnings that are a drift."),
          Direction.PARAMETER);

  private final int least;
  private final double warningLevel;
  private final double driftLevel;
  private final int longest;
  private final int warningLimit;
  private final byte[] kept;
  private int first;
  private int last = -1;
  private int stored;
  private long n = 1;
  private double p = 1;
  private double s;
  private double lowestP = Double.POSITIVE_INFINITY;
  private double lowestS = Double.POSITIVE_INFINITY;
  private int warningPlace = -1;
  private long warningSince = -1;
  private boolean pending;
  private boolean changed;
  private long seen;

  private Rddm(Options options) {
    least = options.whole("min_instances");
    warningLevel = options.real("warning_level");
    driftLevel = options.real("drift_level");
    longest = options.whole("max_concept");
    warningLimit = options.whole("warning_limit");
    kept = new byte[options.whole("min_stable")];
  }

  static Detector of(Options options) {
    return Direction.of(options).of(() -> new Rddm(options), 1);
  }

  @Override
  public State add(double error) {
    if (pending) {
      lookAnew();
    }
    store((byte) error);
    seen++;
    p += (error - p) / n;
    s = Math.sqrt(p * (1 - p) / n);
    n++;
    if (n <= least) {
      return State.STABLE;
    }
    if (p + s < lowestP + lowestS) {
      lowestP = p;
      lowestS = s;
    }
    if (p + s > lowestP + driftLevel * lowestS) {
      if (warningPlace == -1) {
        keepLatestOnly();
      }
      return drift(true);
    }
    return p + s > lowestP + warningLevel * lowestS ? warning() : stable();
  }

  private State warning() {
    if (warningSince == -1) {
      warningSince = seen;
      warningPlace = last;
    }
    if (warningSince + warningLimit > seen) {
      return State.WARNING;
    }
    keepLatestOnly();
    warningPlace = -1;
    warningSince = -1;
    return drift(true);
  }

  private State stable() {
    warningPlace = -1;
    warningSince = -1;
    if (n > longest) {
      // A concept this old no longer moves the rate: look at its latest values only.
      return drift(false);
    }
    return State.STABLE;
  }

  private State drift(boolean real) {
    pending = true;
    changed = real;
    return real ? State.DRIFT : State.STABLE;
  }

  private void keepLatestOnly() {
    first = last;
    stored = 1;
  }

  private void store(byte error) {
    last = (last + 1) % kept.length;
    kept[last] = error;
    if (stored < kept.length) {
      stored++;
      return;
    }
    first = (first + 1) % kept.length;
    if (warningPlace == last) {
      warningPlace = -1;
    }
  }

  private void lookAnew() {
    if (changed) {
      lowestP = Double.POSITIVE_INFINITY;
      lowestS = Double.POSITIVE_INFINITY;
    }
    if (warningPlace != -1) {
      first = warningPlace;
      stored = Math.floorMod(last - first, kept.length) + 1;
    }
    n = 1;
    p = 1;
    s = 0;
    for (int i = 0; i < stored; i++) {
      p += (kept[(first + i) % kept.length] - p) / n;
      s = Math.sqrt(p * (1 - p) / n);
      if (changed && n > least && p + s < lowestP + lowestS) {
        lowestP = p;
        lowestS = s;
      }
      n++;
    }
    warningPlace = -1;
    warningSince = -1;
    pending = false;
    changed = false;
  }
}

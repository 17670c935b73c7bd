package io.tocsin.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far two distributions lie apart.
 *
 * @param statistic in the test's own unit
 * @param pValue probability of at least this statistic without drift, where the test defines one
 * @param effect size of the difference, comparable between sample sizes; the statistic itself when
 *     that is a distance
 * @param n rows of the reference
 * @param m rows of the current window
 * @param bins bins compared; 0 when the raw values were
 * @param floor the statistic that mere sampling reaches in 1 of 1000 comparisons (or as the guard
 *     says); 0 when the guard is off or the test has none in closed form
 * @param resolution how much larger the distance of the raw values may be than the statistic of the
 *     bins; 0 when nothing was lost to binning
 * @param aboveNoise whether sampling alone does not explain it: above the floor, or with a p-value
 *     below the guard's significance where there is no floor
 * @param notes what a reader should know, such as a scale that is missing
 */
public record DriftScore(
    double statistic,
    OptionalDouble pValue,
    double effect,
    long n,
    long m,
    int bins,
    double floor,
    double resolution,
    boolean aboveNoise,
    List<String> notes)
    implements DriftResult {

  public DriftScore {
    notes = List.copyOf(notes);
  }

  /** A distance of raw values that needs nothing else. */
  static DriftScore of(double distance, long n, long m) {
    return new DriftScore(
        distance, OptionalDouble.empty(), distance, n, m, 0, 0, 0, true, List.of());
  }

  DriftScore p(double value) {
    return new DriftScore(
        statistic,
        OptionalDouble.of(value),
        effect,
        n,
        m,
        bins,
        floor,
        resolution,
        aboveNoise,
        notes);
  }

  DriftScore effect(double size) {
    return new DriftScore(
        statistic, pValue, size, n, m, bins, floor, resolution, aboveNoise, notes);
  }

  /** Counted in bins, which may hide up to {@code resolution}. */
  DriftScore bins(int counted, double hidden) {
    return new DriftScore(
        statistic, pValue, effect, n, m, counted, floor, hidden, aboveNoise, notes);
  }

  /** With the floor of the statistic's absolute value. */
  DriftScore floor(double value) {
    return new DriftScore(
        statistic,
        pValue,
        effect,
        n,
        m,
        bins,
        value,
        resolution,
        Math.abs(statistic) > value,
        notes);
  }

  /** Without a floor: the p-value has to be below the significance, unless that is 0. */
  DriftScore significant(double significance) {
    boolean above = significance == 0 || pValue.orElse(0) < significance;
    return new DriftScore(statistic, pValue, effect, n, m, bins, floor, resolution, above, notes);
  }

  DriftScore note(String text) {
    var more = new ArrayList<>(notes);
    more.add(text);
    return new DriftScore(
        statistic, pValue, effect, n, m, bins, floor, resolution, aboveNoise, more);
  }

  /** Effect first, noise as a guard: at least the threshold, and more than sampling explains. */
  public boolean reaches(double threshold) {
    return effect >= threshold && aboveNoise;
  }
}

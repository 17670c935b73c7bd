package io.tocsin.drift;

import java.util.OptionalDouble;

/**
 * How far two distributions lie apart.
 *
 * @param statistic the distance in the test's own unit
 * @param pValue probability of at least this distance without drift, where the test defines one
 * @param n rows of the reference
 * @param m rows of the current window
 * @param bins bins compared; 0 when the raw values were
 * @param floor the distance that mere sampling reaches in 1 of 1000 comparisons (or as the guard
 *     says); 0 when the guard is off
 * @param resolution how much larger the distance of the raw values may be than the statistic of the
 *     bins; 0 when nothing was lost to binning
 */
public record DriftScore(
    double statistic,
    OptionalDouble pValue,
    long n,
    long m,
    int bins,
    double floor,
    double resolution)
    implements DriftResult {

  /** Effect first, noise as a guard: at least the threshold, and more than sampling explains. */
  public boolean reaches(double threshold) {
    return statistic >= threshold && statistic > floor;
  }
}

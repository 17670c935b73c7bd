package io.tocsin.drift.performance;

import io.tocsin.drift.measure.Alternative;
import io.tocsin.drift.measure.Proportions;
import io.tocsin.drift.measure.Tested;

/**
 * How far an accuracy fell.
 *
 * @param before accuracy of the reference, with Wilson's interval
 * @param after accuracy of the current window, with Wilson's interval
 * @param drop before - after, in points of share
 * @param z pooled two-proportion z
 * @param p probability of such a drop by sampling alone, one-sided
 * @param cohensH the difference on the arcsine scale
 */
public record AccuracyDrop(
    Estimate before, Estimate after, double drop, double z, double p, double cohensH) {

  /** Compares right answers among all. */
  public static AccuracyDrop of(long right, long rows, long rightNow, long rowsNow) {
    Tested tested = Proportions.z(right, rows, rightNow, rowsNow, Alternative.GREATER);
    double before = (double) right / rows;
    double after = (double) rightNow / rowsNow;
    return new AccuracyDrop(
        Estimate.share(right, rows),
        Estimate.share(rightNow, rowsNow),
        before - after,
        tested.statistic(),
        tested.p(),
        Proportions.cohensH(before, after));
  }
}

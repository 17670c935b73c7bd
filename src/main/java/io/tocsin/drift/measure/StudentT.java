package io.tocsin.drift.measure;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Difference of two means: t = (mean of the reference - mean of the current sample) / standard
 * error. Welch's form lets the variances differ, Student's pools them. The effect is Cohen's d over
 * the pooled standard deviation.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ttest_ind.html">scipy.stats.ttest_ind</a>
 */
public final class StudentT {

  private StudentT() {}

  /**
   * Tests the means.
   *
   * @param pooled Student's form with one variance, else Welch's
   */
  public static Tested test(Moments a, Moments b, boolean pooled, Alternative alternative) {
    double pooledVariance = (a.squares() + b.squares()) / (a.rows() + b.rows() - 2);
    double shareA = (pooled ? pooledVariance : a.sampleVariance()) / a.rows();
    double shareB = (pooled ? pooledVariance : b.sampleVariance()) / b.rows();
    double error = shareA + shareB;
    double freedom =
        pooled
            ? a.rows() + b.rows() - 2
            : error * error / (shareA * shareA / (a.rows() - 1) + shareB * shareB / (b.rows() - 1));
    double gap = a.mean() - b.mean();
    double effect = Math.abs(gap) / Math.sqrt(pooledVariance);
    double t = gap / Math.sqrt(error);
    if (Double.isNaN(t)) {
      return new Tested(Double.NaN, Double.NaN, 0);
    }
    if (Double.isInfinite(t)) {
      return new Tested(t, alternative.p(t, x -> x > 0 ? 0 : 1), effect);
    }
    var distribution = TDistribution.of(freedom);
    return new Tested(t, alternative.p(t, distribution::survivalProbability), effect);
  }
}

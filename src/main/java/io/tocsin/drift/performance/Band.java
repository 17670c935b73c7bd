package io.tocsin.drift.performance;

import io.tocsin.drift.measure.Interval;
import io.tocsin.drift.measure.Moments;
import java.util.Arrays;

/** Where a metric of chunks is expected to stay. */
public final class Band {

  private Band() {}

  /**
   * Mean of the reference's chunks -+ multiplier population standard deviations, cut to where the
   * metric can be. Not-a-number chunks are left out.
   *
   * <p>Source: NannyML's standard deviation threshold.
   */
  public static Interval around(double[] chunks, double multiplier, double least, double most) {
    double[] known = Arrays.stream(chunks).filter(Double::isFinite).toArray();
    Moments moments = Moments.of(known);
    double half = multiplier * moments.populationSd();
    return new Interval(
        Math.max(least, moments.mean() - half), Math.min(most, moments.mean() + half));
  }
}

package io.tocsin.model.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Least squares through daily figures.
 *
 * @param slope change a day
 * @param p two-sided, of no slope: t of n - 2 degrees of freedom (Commons Math)
 * @param days with a figure
 */
public record Trend(double slope, double p, int days) {

  /** Empty with fewer than three days; a perfect line has p 0, a level one p 1. */
  public static Optional<Trend> of(List<OptionalDouble> daily) {
    var line = new SimpleRegression();
    for (int i = 0; i < daily.size(); i++) {
      if (daily.get(i).isPresent()) {
        line.addData(i, daily.get(i).getAsDouble());
      }
    }
    int days = (int) line.getN();
    if (days < 3) {
      return Optional.empty();
    }
    double slope = line.getSlope();
    double p = line.getTotalSumSquares() == 0 ? 1 : line.getSignificance();
    return Optional.of(new Trend(slope, Double.isNaN(p) ? 0 : p, days));
  }
}

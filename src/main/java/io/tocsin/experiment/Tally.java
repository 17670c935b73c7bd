package io.tocsin.experiment;

/**
 * A metric's values of one variant's units.
 *
 * @param units how many units have a value
 * @param sum of their values
 * @param squares sum of their squared values
 */
public record Tally(long units, double sum, double squares) {

  public static final Tally NONE = new Tally(0, 0, 0);

  /** The same with further units whose value is 0. */
  Tally withZeros(long exposed) {
    return new Tally(Math.max(units, exposed), sum, squares);
  }

  /** NaN without units. */
  public double mean() {
    return sum / units;
  }

  /** Sample variance; NaN below two units. */
  double variance() {
    return units < 2 ? Double.NaN : Math.max(0, squares - sum * sum / units) / (units - 1);
  }

  /** Variance of the mean. */
  double error() {
    return variance() / units;
  }
}

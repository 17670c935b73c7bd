package io.tocsin.promql;

/**
 * A sum with Neumaier's compensation, so that small terms survive beside large ones.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements">
 *     Kahan-Babuska summation, Neumaier's variant</a>
 */
final class Kahan {
  private double sum;
  private double compensation;

  void add(double term) {
    compensation = compensated(sum, compensation, term);
    sum += term;
  }

  /** The compensation after a term was added to a sum; none once that left the range of doubles. */
  static double compensated(double sum, double compensation, double term) {
    double total = sum + term;
    if (Double.isInfinite(total)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(term)
        ? compensation + ((sum - total) + term)
        : compensation + ((term - total) + sum);
  }

  /** Multiplies what was summed so far. */
  void scale(double factor) {
    sum *= factor;
    compensation *= factor;
  }

  /** Whether the plain sum has left the range of doubles. */
  boolean isInfinite() {
    return Double.isInfinite(sum);
  }

  double value() {
    return sum + compensation;
  }
}

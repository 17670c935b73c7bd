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
    double total = sum + term;
    if (Double.isInfinite(total)) {
      compensation = 0;
    } else if (Math.abs(sum) >= Math.abs(term)) {
      compensation += (sum - total) + term;
    } else {
      compensation += (term - total) + sum;
    }
    sum = total;
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

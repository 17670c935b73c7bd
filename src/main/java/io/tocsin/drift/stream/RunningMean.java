package io.tocsin.drift.stream;

/** Count, mean and sum of squared distances so far (B. Welford, Technometrics 4, 1962). */
final class RunningMean {

  private long n;
  private double mean;
  private double squares;

  void add(double value) {
    n++;
    double gap = value - mean;
    mean += gap / n;
    squares += gap * (value - mean);
  }

  long n() {
    return n;
  }

  double mean() {
    return mean;
  }

  /** Sum of squares over n - 1; 0 for one value. */
  double sampleVariance() {
    return n < 2 ? 0 : squares / (n - 1);
  }

  double populationVariance() {
    return n == 0 ? 0 : squares / n;
  }

  RunningMean copy() {
    var copy = new RunningMean();
    copy.n = n;
    copy.mean = mean;
    copy.squares = squares;
    return copy;
  }
}

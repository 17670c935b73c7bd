package io.tocsin.drift.performance;

import io.tocsin.drift.measure.Moments;

/**
 * How close predicted numbers are to the actual ones.
 *
 * @param rows judged rows
 * @param mae mean absolute error
 * @param rmse root of the mean squared error, its interval by the delta method
 * @param r2 share of the variance explained; NaN for a constant truth
 * @param bias mean of predicted - actual
 * @param mape mean |error / actual| over rows whose truth is not 0; NaN without any
 */
public record Regression(
    long rows, Estimate mae, Estimate rmse, double r2, Estimate bias, double mape) {

  /**
   * Compares numbers row by row.
   *
   * @throws IllegalArgumentException for arrays of different lengths or without rows
   */
  public static Regression of(double[] actual, double[] predicted) {
    if (actual.length != predicted.length || actual.length == 0) {
      throw new IllegalArgumentException(
          "%d actual numbers and %d predicted; both need the same rows, at least one"
              .formatted(actual.length, predicted.length));
    }
    int n = actual.length;
    var absolute = new double[n];
    var squared = new double[n];
    var errors = new double[n];
    double relative = 0;
    int nonZero = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      errors[i] = predicted[i] - actual[i];
      absolute[i] = Math.abs(errors[i]);
      squared[i] = errors[i] * errors[i];
      sum += squared[i];
      if (actual[i] != 0) {
        relative += Math.abs(errors[i] / actual[i]);
        nonZero++;
      }
    }
    double rmse = Math.sqrt(sum / n);
    double rmseError = rmse == 0 ? 0 : SamplingError.ofMean(squared) / (2 * rmse);
    double scatter = Moments.of(actual).squares();
    double most = Double.POSITIVE_INFINITY;
    return new Regression(
        n,
        Estimate.normal(Moments.of(absolute).mean(), SamplingError.ofMean(absolute), 0, most),
        Estimate.normal(rmse, rmseError, 0, most),
        scatter > 0 ? 1 - sum / scatter : Double.NaN,
        Estimate.normal(Moments.of(errors).mean(), SamplingError.ofMean(errors), -most, most),
        nonZero == 0 ? Double.NaN : relative / nonZero);
  }
}

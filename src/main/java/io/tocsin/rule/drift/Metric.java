package io.tocsin.rule.drift;

import io.tocsin.drift.performance.ConfusionScore;
import io.tocsin.drift.performance.Measured;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How well answers match labels. */
public enum Metric {
  /** Share of answers that were right. */
  ACCURACY(true),
  /** Of the positive class, or the mean of all classes. */
  PRECISION(true),
  /** As precision. */
  RECALL(true),
  /** As precision. */
  F1(true),
  /** Of scores of the positive class. */
  ROC_AUC(true),
  /** Of scores of the positive class, nats; its rise counts relative to the reference's. */
  LOG_LOSS(false),
  /** Of scores of the positive class; its rise counts relative to the reference's. */
  BRIER(false),
  /** Mean absolute error of numbers; its rise counts relative to the reference's. */
  MAE(false),
  /** Root of the mean squared error of numbers; its rise counts relative to the reference's. */
  RMSE(false),
  /** Share of the variance of numbers that is explained. */
  R2(true);

  private static final List<List<String>> USUAL =
      List.of(List.of("false", "true"), List.of("0", "1"));

  private final boolean higherIsBetter;

  Metric(boolean higherIsBetter) {
    this.higherIsBetter = higherIsBetter;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Metric> named(String id) {
    return Arrays.stream(values()).filter(metric -> metric.id().equals(id)).findFirst();
  }

  /** All ids, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(Metric::id).collect(Collectors.joining(", "));
  }

  /** {@code mean absolute error}. */
  public String words() {
    return switch (this) {
      case ACCURACY -> "accuracy";
      case PRECISION -> "precision";
      case RECALL -> "recall";
      case F1 -> "F1";
      case ROC_AUC -> "area under the ROC curve";
      case LOG_LOSS -> "log-loss";
      case BRIER -> "Brier score";
      case MAE -> "mean absolute error";
      case RMSE -> "root of the mean squared error";
      case R2 -> "R2";
    };
  }

  /** Whether it falls when a model gets worse; such a fall counts in points. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Rows it can be told from. */
  long rows(ModelHistory.Judged judged) {
    return switch (this) {
      case ACCURACY -> judged.rows();
      case PRECISION, RECALL, F1 -> judged.answers().classified();
      case ROC_AUC, LOG_LOSS, BRIER -> judged.answers().scores().rows();
      case MAE, RMSE, R2 -> judged.numbers();
    };
  }

  /**
   * Its value and standard error; NaN where it is not defined.
   *
   * @param positive the class that precision, recall and F1 are of
   */
  Measured of(ModelHistory.Judged judged, Optional<String> positive) {
    double n = rows(judged);
    double mae = judged.absolute() / n;
    double mse = judged.squared() / n;
    return switch (this) {
      case ACCURACY -> share((double) judged.right() / n, n);
      case PRECISION -> ConfusionScore.PRECISION.of(judged.answers().confusion(), positive);
      case RECALL -> ConfusionScore.RECALL.of(judged.answers().confusion(), positive);
      case F1 -> ConfusionScore.F1.of(judged.answers().confusion(), positive);
      case ROC_AUC -> judged.answers().scores().rocAuc();
      case LOG_LOSS -> judged.answers().scores().meanLogLoss();
      case BRIER -> judged.answers().scores().brierScore();
      case MAE -> new Measured(mae, Math.sqrt(Math.max(0, mse - mae * mae) / n));
      // The fourth moment of errors is not kept: as if they were normal, var(e^2) = 2 mse^2.
      case RMSE -> new Measured(Math.sqrt(mse), Math.sqrt(mse / (2 * n)));
      case R2 -> explained(judged.squared() / judged.answers().spread(), n);
    };
  }

  private static Measured share(double share, double rows) {
    return new Measured(share, Math.sqrt(share * (1 - share) / rows));
  }

  /**
   * By the delta method for normal errors and truths, both variances as if independent, which is
   * never too small: 2 (1 - R2) / sqrt(n).
   */
  private static Measured explained(double left, double rows) {
    return Double.isFinite(left)
        ? new Measured(1 - left, 2 * left / Math.sqrt(rows))
        : new Measured(Double.NaN, Double.NaN);
  }

  /** The class that counts: as configured, or the usual one of two; absent for the mean of all. */
  static Optional<String> positive(
      Optional<String> configured, Map<String, Map<String, Long>> confusion) {
    var classes = new TreeSet<>(confusion.keySet());
    confusion.values().forEach(answers -> classes.addAll(answers.keySet()));
    return configured.or(
        () ->
            USUAL.stream()
                .filter(two -> !classes.isEmpty() && two.containsAll(classes))
                .map(List::getLast)
                .findFirst());
  }
}

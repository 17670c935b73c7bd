package io.tocsin.drift.measure;

import java.util.function.DoubleUnaryOperator;

/** What a test looks for; said of the reference against the current sample. */
public enum Alternative {
  /** Any difference. */
  TWO_SIDED,
  /** The reference is smaller. */
  LESS,
  /** The reference is larger. */
  GREATER;

  /** The p-value of a statistic with a symmetric distribution around 0. */
  double p(double statistic, DoubleUnaryOperator survival) {
    return switch (this) {
      case TWO_SIDED -> Math.min(1, 2 * survival.applyAsDouble(Math.abs(statistic)));
      case LESS -> survival.applyAsDouble(-statistic);
      case GREATER -> survival.applyAsDouble(statistic);
    };
  }
}

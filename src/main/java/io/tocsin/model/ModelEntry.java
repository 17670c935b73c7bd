package io.tocsin.model;

/** What changes a model's state: one entry of its journal, applied in the journal's order. */
public sealed interface ModelEntry {

  /**
   * Predictions.
   *
   * @param rejected rows of the same request that were not taken
   * @param ignored values left out because there are too many features
   */
  record Predictions(PredictionRows rows, long rejected, long ignored) implements ModelEntry {}

  /** Truths. */
  record Truths(TruthRows rows, long rejected) implements ModelEntry {}

  /** Rows frozen as the reference, in place of the one before. */
  record BaselineRows(PredictionRows rows) implements ModelEntry {}

  /**
   * A stretch of the past frozen as the reference.
   *
   * @param from milliseconds since the epoch
   */
  record BaselineWindow(Segment segment, long from, long to) implements ModelEntry {}

  /** Importances of features. */
  record Importances(Importance importance) implements ModelEntry {}
}

package io.tocsin.rule.drift;

import io.tocsin.drift.DriftTest;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.stream.ChangeDetector;
import java.time.Duration;
import java.util.OptionalDouble;

/** What is measured, by kind of rule. */
public sealed interface Criterion {

  /**
   * Inputs against their reference.
   *
   * @param share whether the rule is about the share of inputs that drift (ratio 0-1), not about
   *     any one of them
   */
  record Data(Columns columns, DriftTest test, boolean share) implements Criterion {}

  /** Answers against their reference. */
  record Prediction(DriftTest test) implements Criterion {}

  /**
   * Confidence against its reference: the distribution by the test, and the mean.
   *
   * @param mean change of the mean that counts, in standard deviations of the reference
   */
  record Confidence(DriftTest test, Thresholds mean) implements Criterion {}

  /** A metric on labelled predictions against the reference's, in points of share. */
  record Performance(Metric metric) implements Criterion {}

  /** Errors in the order of their predictions. */
  record Concept(ChangeDetector detector, Options options) implements Criterion {}

  /** Accuracy as expected from calibrated confidence (CBPE). */
  record Estimated() implements Criterion {}

  /**
   * Importances against the first snapshot.
   *
   * @param top how many leading inputs are told about
   */
  record Importances(int top) implements Criterion {}

  /**
   * Shares of missing and out-of-range values, and of categories that the baseline did not have.
   *
   * @param unseen share of the latter that counts
   */
  record Quality(Columns columns, Thresholds unseen) implements Criterion {}

  /**
   * Predictions per window.
   *
   * @param least fewer are too few
   * @param most more are too many
   * @param change share that they may differ from the reference's by, as 0.5
   */
  record Volume(OptionalDouble least, OptionalDouble most, OptionalDouble change)
      implements Criterion {}

  /** Share of labels still missing when a prediction is this old. */
  record LabelDelay(Duration olderThan) implements Criterion {}

  /** The kind of rule. */
  default DriftKind kind() {
    return switch (this) {
      case Data data -> DriftKind.DATA_DRIFT;
      case Prediction prediction -> DriftKind.PREDICTION_DRIFT;
      case Confidence confidence -> DriftKind.CONFIDENCE_DRIFT;
      case Performance performance -> DriftKind.PERFORMANCE_DROP;
      case Concept concept -> DriftKind.CONCEPT_DRIFT;
      case Estimated estimated -> DriftKind.ESTIMATED_PERFORMANCE;
      case Importances importances -> DriftKind.IMPORTANCE_CHANGE;
      case Quality quality -> DriftKind.DATA_QUALITY;
      case Volume volume -> DriftKind.VOLUME;
      case LabelDelay delay -> DriftKind.LABEL_DELAY;
    };
  }

  /** The word in the {@code method} label. */
  default String method() {
    return switch (this) {
      case Data data -> data.test.id();
      case Prediction prediction -> prediction.test.id();
      case Confidence confidence -> confidence.test.id();
      case Performance performance -> performance.metric.id();
      case Concept concept -> concept.detector.id();
      case Estimated estimated -> "cbpe";
      case Importances importances -> "ndcg";
      case Quality quality -> "shares";
      case Volume volume -> "rows";
      case LabelDelay delay -> "unlabelled";
    };
  }
}

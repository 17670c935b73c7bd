package io.tocsin.model;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.time.Instant;

/**
 * The answer to a drift question at an instant.
 *
 * @param result the score, or why there is none
 * @param at end of the current window
 * @param missing rows of the current window without a usable value
 */
public record DriftAnswer(DriftQuestion question, DriftResult result, Instant at, long missing) {

  /** Whether there is a score, it reaches the threshold, and sampling alone does not explain it. */
  public boolean reaches(double threshold) {
    return result instanceof DriftScore score && score.reaches(threshold);
  }

  /**
   * The score and its floor as {@code model_drift_score} and {@code model_drift_floor}; nothing
   * when there is no score.
   */
  public SampleBatch samples() {
    if (!(result instanceof DriftScore score)) {
      return SampleBatch.EMPTY;
    }
    var labels =
        Labels.of(
            "model", question.model(),
            "subject", question.subject().kind(),
            "feature", question.subject().feature(),
            "method", question.test().id(),
            "window", question.window().toSeconds() + "s");
    long time = at.toEpochMilli();
    return SampleBatch.builder()
        .add(labels.with(Labels.NAME, "model_drift_score"), time, score.statistic())
        .add(labels.with(Labels.NAME, "model_drift_floor"), time, score.floor())
        .build();
  }
}

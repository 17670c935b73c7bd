package io.tocsin.model;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.Guard;
import java.time.Instant;
import org.assertj.core.api.Assertions;

/** Compares the sides that a model gives for a question, as drift rules do. */
public final class Comparisons {

  private Comparisons() {}

  /** What the question's test says; no data for a subject never seen. */
  public static DriftResult result(ModelWatch model, DriftQuestion question, Instant now) {
    return model
        .sides(question, now)
        .map(
            sides ->
                question
                    .test()
                    .compare(
                        sides.reference(), sides.window(), Guard.forMinimum(question.minSamples())))
        .orElseGet(() -> new DriftResult.NoData(0, 0));
  }

  /** The score, which has to be there. */
  public static DriftScore score(ModelWatch model, DriftQuestion question, Instant now) {
    DriftResult result = result(model, question, now);
    Assertions.assertThat(result).isInstanceOf(DriftScore.class);
    return (DriftScore) result;
  }

  /** Whether there is a score, it reaches the threshold, and sampling does not explain it. */
  static boolean reaches(ModelWatch model, DriftQuestion question, Instant now, double threshold) {
    return result(model, question, now) instanceof DriftScore score && score.reaches(threshold);
  }
}
